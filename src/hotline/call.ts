import type { SealedText } from '../platform/privacy/index.ts'

/** What became of a call. It only moves forward, whatever order its reports come in. */
export const CALL_STATES = ['RINGING', 'ANSWERED', 'ENDED'] as const

export type CallState = (typeof CALL_STATES)[number]

/** One call to a hotline, under the id the exchange gave it. */
export interface CallRecord {
  /** `county/sid`. */
  readonly _id: string
  readonly county: string
  readonly sid: string
  readonly version: number
  /** Unit whose operators answer. */
  readonly line: string
  /** E.164; sealed. Missing when withheld. */
  readonly from?: SealedText
  readonly state: CallState
  /** People who may be calling, by id; names come with masks when shown. */
  readonly personIds: readonly string[]
  readonly startedAt: Date
  readonly answeredBy?: string
  readonly answeredAt?: Date
  readonly endedAt?: Date
  readonly intakeNo?: string
}

/** Somebody whom we owe a call, because nobody spoke with them. */
export interface CallbackRecord {
  /** `county/id`. */
  readonly _id: string
  readonly county: string
  readonly id: string
  readonly version: number
  readonly line: string
  readonly phone: SealedText
  readonly reason: 'missed' | 'text'
  /** What they wrote; sealed. */
  readonly text?: SealedText
  readonly callSid?: string
  readonly state: 'OPEN' | 'DONE'
  /** Who owes it. */
  readonly staffId: string
  readonly createdAt: Date
  readonly dueAt: Date
  readonly doneAt?: Date
  readonly doneBy?: string
}

/** Id of a call or callback record. */
export function hotlineId(county: string, id: string): string {
  return `${county}/${id}`
}

/** Whether a call in one state may go to the other. */
export function callCanBecome(from: CallState, to: CallState): boolean {
  return CALL_STATES.indexOf(to) > CALL_STATES.indexOf(from)
}
