import { ageAt, isUnder14, isUnder18, parseIdentityNumber } from '../shared/identity-number.ts'
import type { PersonDetails } from './person.ts'

/** What is known of somebody's age. Without a birthday nothing is guessed: the person counts as an adult. */
export interface PersonAge {
  /** Whole years, where the birthday or at least the year is known. */
  readonly years?: number
  readonly isUnder18: boolean
  readonly isUnder14: boolean
}

/** Age by the identity number, else by the birthday or year told. Of a year alone the youngest reading counts. */
export function personAge(
  { identityNumber, birth }: Pick<PersonDetails, 'identityNumber' | 'birth'>,
  at: Date,
): PersonAge {
  const birthday = parseIdentityNumber(identityNumber ?? '')?.birthday ?? birthdayOf(birth)
  if (birthday === undefined) return { isUnder18: false, isUnder14: false }
  return { years: ageAt(birthday, at), isUnder18: isUnder18(birthday, at), isUnder14: isUnder14(birthday, at) }
}

/** Sex by the identity number; nothing is guessed without one. */
export function personSex({ identityNumber }: Pick<PersonDetails, 'identityNumber'>): 'male' | 'female' | undefined {
  return parseIdentityNumber(identityNumber ?? '')?.sex
}

function birthdayOf(birth: string | undefined): string | undefined {
  if (birth === undefined) return undefined
  return /^\d{4}$/.test(birth) ? `${birth}-12-31` : birth
}
