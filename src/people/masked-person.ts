import type { FieldVault, MaskView } from '../platform/privacy/index.ts'
import { maskBankAccount, maskIdentity, maskName, maskPhone } from '../platform/privacy/index.ts'
import type { NoteCode, PersonRecord, SealedField, TagCode } from './person.ts'
import { SEALED_FIELDS } from './person.ts'
import { personAge, personSex } from './person-age.ts'
import { openDetails } from './person-fields.ts'

/** A person as shown to everybody who may see them at all. Looking behind a mask needs a reason: `revealField`. */
export interface MaskedPerson {
  readonly personId: string
  readonly version: number
  readonly kind: PersonRecord['kind']
  /** 张＊; empty while nobody knows the name. */
  readonly name: string
  readonly identityNumber: string
  readonly phones: readonly string[]
  readonly bankAccount: string
  /** Whole years and sex, on a desk only; nothing of somebody under 18. */
  readonly years?: number
  readonly sex?: 'male' | 'female'
  readonly isMinor: boolean
  readonly residence?: string
  readonly tags: readonly TagCode[]
  readonly notes: readonly NoteCode[]
  readonly householdId?: string
  /** Fields that are known and can be shown for a reason. */
  readonly hidden: readonly SealedField[]
  readonly isErased: boolean
}

/** Everything a mask may have to look at. */
const MASK_FIELDS: readonly SealedField[] = ['name', 'identityNumber', 'phones', 'bankAccount', 'birth']

/** A person with masks on. */
export function maskPerson(vault: FieldVault, person: PersonRecord, view: MaskView, at: Date): MaskedPerson {
  const details = openDetails(vault, person, MASK_FIELDS)
  const age = personAge(details, at)
  const subject = { isMinor: age.isUnder18 }
  const sex = personSex(details)
  const mayShowAge = view === 'desk' && !age.isUnder18
  return {
    personId: person._id,
    version: person.version,
    kind: person.kind,
    name: details.name === undefined ? '' : maskName(details.name, subject),
    identityNumber: details.identityNumber === undefined ? '' : maskIdentity(details.identityNumber, view, subject),
    phones: (details.phones ?? []).map(({ number }) => maskPhone(number, subject)),
    bankAccount: details.bankAccount ? maskBankAccount(details.bankAccount.account, view, subject) : '',
    ...(mayShowAge && age.years !== undefined ? { years: age.years } : {}),
    ...(mayShowAge && sex ? { sex } : {}),
    isMinor: age.isUnder18,
    ...(person.residence === undefined ? {} : { residence: person.residence }),
    tags: person.tags.map(({ code }) => code),
    notes: person.notes,
    ...(person.householdId === undefined ? {} : { householdId: person.householdId }),
    hidden: SEALED_FIELDS.filter((field) => person.sealed[field] !== undefined),
    isErased: person.erasedAt !== undefined,
  }
}
