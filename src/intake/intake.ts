import type { Urgency } from '../cases/index.ts'
import type { SealedText } from '../platform/privacy/index.ts'

/** Every door a request may come through. Source: M001, M017. */
export const CHANNELS = [
  'hotline',
  'text',
  'window',
  'village',
  'patrol',
  'letter',
  'police',
  'hospital',
  'school',
  'public',
  'upload',
  'api',
] as const

export type Channel = (typeof CHANNELS)[number]

/** What the caller wants. Only HELP opens a case. Source: M003. */
export const CALL_TYPES = ['HELP', 'CONSULT', 'COMPLAINT', 'REPORT'] as const

export type CallType = (typeof CALL_TYPES)[number]

/** Need tags that steer triage and sub-tasks. Source: M032–M040, M065. */
export const NEED_TAGS = [
  'STRANDED',
  'MIGRANT_NO_JOB',
  'FIRE',
  'ACCIDENT',
  'ILLNESS',
  'CHILD_ALONE',
  'ELDER_ALONE',
  'VAGRANT',
  'DISASTER',
  'HOUSING',
  'EDUCATION',
  'UNPAID_EMERGENCY',
  'RISK',
] as const

export type NeedTag = (typeof NEED_TAGS)[number]

/** Who needs help, as the caller says. Source: M022. */
export const NEEDY = ['self', 'other', 'unknown'] as const

/** One record per call, walk-in, letter, patrol or report. */
export interface IntakeRecord {
  /** `county/no`. */
  readonly _id: string
  readonly county: string
  readonly no: string
  readonly version: number
  readonly channel: Channel
  readonly callType: CallType
  readonly urgency: Urgency
  readonly tags: readonly string[]
  readonly placeCode: string
  readonly placeText: SealedText
  /** One line of what happened. */
  readonly text: SealedText
  readonly phone?: SealedText
  /** Keyed tokens of the phone, by which the next call finds this intake. */
  readonly phoneTokens: readonly string[]
  readonly needy: (typeof NEEDY)[number]
  readonly reporter?: SealedText
  readonly personId?: string
  readonly caseNo?: string
  /** The call it was taken from. */
  readonly callSid?: string
  readonly takenBy: { readonly unit: string; readonly staffId: string }
  readonly receivedAt: Date
}

/** Id of an intake record. */
export function intakeId(county: string, no: string): string {
  return `${county}/${no}`
}
