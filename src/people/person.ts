import type { SealedText } from '../platform/privacy/index.ts'

/** What is stored of a person only encrypted, each field by itself. */
export const SEALED_FIELDS = [
  'name',
  'identityNumber',
  'phones',
  'bankAccount',
  'address',
  'registration',
  'birth',
  'health',
] as const

export type SealedField = (typeof SEALED_FIELDS)[number]

/** Special households and persons on the watch list, as the low-income monitoring names them. Source: M038, M082. */
export const TAG_CODES = [
  'dibao',
  'tekun',
  'dibao_edge',
  'rigid_expense',
  'poverty_return_risk',
  'living_alone',
  'left_behind',
  'unsupported_child',
  'orphan',
  'disabled',
  'migrant',
] as const

export type TagCode = (typeof TAG_CODES)[number]

/** What whoever answers the phone must know at once. */
export const NOTE_CODES = [
  'hangs_up',
  'hard_of_hearing',
  'needs_interpreter',
  'dialect',
  'do_not_call',
  'risk',
] as const

export type NoteCode = (typeof NOTE_CODES)[number]

/** A status with where it comes from and since when; statuses of others are never guessed. */
export interface PersonTag {
  readonly code: TagCode
  /** Who says so: `register` (of recognised households), `visit`, `call`, `import`. */
  readonly source: string
  readonly since: Date
}

/** A person as stored. In clear stands only what queries and desks need without a reason. */
export interface PersonRecord {
  readonly _id: string
  readonly county: string
  readonly version: number
  /** `temporary`: nobody knows yet who it is; found by tags and case, becomes `known` with a name. */
  readonly kind: 'known' | 'temporary'
  /** Division code of the habitual residence, 6 to 12 digits; may lie in another county. */
  readonly residence?: string
  readonly tags: readonly PersonTag[]
  readonly notes: readonly NoteCode[]
  readonly householdId?: string
  /** Units that have had a part in helping this person: the condition under which they may look closer. */
  readonly knownTo: readonly string[]
  readonly sealed: Readonly<Partial<Record<SealedField, SealedText>>>
  /** Keyed tokens of names and phones. */
  readonly tokens: readonly string[]
  /** Keyed token of the identity number; unique in the county. */
  readonly identityToken?: string
  /** When somebody last worked with this record: retention counts from here. */
  readonly usedAt: Date
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Set when retention has erased everything personal; the id stays, so that the journal stays whole. */
  readonly erasedAt?: Date
}

/** A telephone number of a person, in storing form. */
export interface PersonPhone {
  readonly number: string
  readonly extension?: string
}

/** Where money may be sent. */
export interface BankAccount {
  readonly account: string
  readonly bank: string
  /** Name of the holder when it is not the person. */
  readonly holder?: string | undefined
}

/** The clear content of a person's sealed fields. It exists in memory only. */
export interface PersonDetails {
  readonly name?: string
  readonly identityNumber?: string
  readonly phones?: readonly PersonPhone[]
  readonly bankAccount?: BankAccount
  /** Exact address; the division stands in `residence`. */
  readonly address?: string
  /** Household registration, text only: it never decides anything. */
  readonly registration?: string
  /** `YYYY-MM-DD`, or `YYYY` when only the year is known. */
  readonly birth?: string
  /** Illness, disability, what happened to a child: free text. */
  readonly health?: string
}

/** The record without a field that may be missing. The database would keep an undefined one as null. */
export function withoutField(person: PersonRecord, field: 'householdId' | 'identityToken' | 'residence'): PersonRecord {
  const kept = Object.entries(person).filter(([name]) => name !== field)
  return Object.fromEntries(kept) as unknown as PersonRecord
}

/** The journal's stream of a person: changes and every look behind a mask. */
export function personStream(personId: string): string {
  return `person:${personId}`
}
