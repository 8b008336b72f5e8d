import { parseIdentityNumber } from '../shared/identity-number.ts'
import { parsePhone } from '../shared/phone.ts'
import type { BankAccount, PersonDetails, PersonPhone, SealedField } from './person.ts'
import { SEALED_FIELDS } from './person.ts'

/** A person's details as somebody typed them; `null` clears a field that was known. */
export interface TypedDetails {
  readonly name?: string | null | undefined
  readonly identityNumber?: string | null | undefined
  readonly phones?: readonly string[] | null | undefined
  readonly bankAccount?: BankAccount | null | undefined
  readonly address?: string | null | undefined
  readonly registration?: string | null | undefined
  readonly birth?: string | null | undefined
  readonly health?: string | null | undefined
}

/** Something that looks odd in what was typed. It is shown and kept; nothing is refused for it. */
export interface InputWarning {
  readonly field: SealedField
  readonly code: string
}

export interface ReadInput {
  readonly details: PersonDetails
  readonly warnings: readonly InputWarning[]
}

/**
 * Brings typed details into storing form over what is known already. A phone without digits is left out with a warning.
 *
 * @param areaCode - of the county, for landlines typed without one
 */
export function readDetails(known: PersonDetails, typed: TypedDetails, areaCode?: string): ReadInput {
  const warnings: InputWarning[] = []
  const merged: Record<string, unknown> = { ...known }
  for (const field of SEALED_FIELDS) {
    const value = typed[field]
    if (value === undefined) continue
    if (value === null || value === '') Reflect.deleteProperty(merged, field)
    else merged[field] = typeof value === 'string' ? value.trim() : value
  }
  if (typed.identityNumber) merged['identityNumber'] = readIdentity(typed.identityNumber, warnings)
  if (typed.phones)
    merged['phones'] = uniquePhones(typed.phones.flatMap((text) => readPhone(text, areaCode, warnings) ?? []))
  return { details: merged, warnings }
}

/** The phones without repeats: the same number may be typed in two spellings. */
export function uniquePhones(phones: readonly PersonPhone[]): readonly PersonPhone[] {
  const byNumber = new Map(phones.map((phone) => [`${phone.number}/${phone.extension ?? ''}`, phone]))
  return [...byNumber.values()]
}

/** A typed phone in storing form; undefined, with a warning, when there is no number in it. */
export function readPhone(
  text: string,
  areaCode: string | undefined,
  warnings: InputWarning[],
): PersonPhone | undefined {
  const phone = parsePhone(text, areaCode === undefined ? {} : { areaCode })
  const code = phone ? phone.warning : 'unreadable'
  if (code) warnings.push({ field: 'phones', code })
  if (!phone) return undefined
  const { number, extension } = phone
  return extension === undefined ? { number } : { number, extension }
}

function readIdentity(text: string, warnings: InputWarning[]): string | undefined {
  const identity = parseIdentityNumber(text)
  for (const code of identity?.warnings ?? []) warnings.push({ field: 'identityNumber', code })
  return identity?.number
}
