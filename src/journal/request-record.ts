import type { By } from '../shared/actor.ts'
import { DomainError, statusOfCode } from '../shared/errors.ts'

/** The first outcome of an idempotency key: done with an answer, or refused by a rule. */
export interface RequestRecord {
  /** `county/key`. */
  readonly _id: string
  readonly county: string
  readonly bodyHash: string
  readonly outcome: 'done' | 'refused'
  readonly answer?: unknown
  readonly refusal?: { readonly code: string; readonly message: string; readonly details: Record<string, unknown> }
  readonly at: Date
  /** Left out for commands that move money: those are kept for ever. */
  readonly expiresAt?: Date
}

/** How long an ordinary command's outcome is kept. Days. Source: architecture, decision 5. */
export const KEPT_DAYS = 90

/** Id of the record of a key. Keys are the county's own. */
export function requestId(county: string, key: string): string {
  return `${county}/${key}`
}

/** How long the outcome of a key is kept; for ever where money moves. */
interface Keeping {
  readonly keepForever?: boolean
}

/** The record of a command that was done, with its answer. */
export function doneRecord(by: By, at: Date, answer: unknown, keeping: Keeping): RequestRecord {
  return { ...emptyRecord(by, at, keeping), outcome: 'done', answer: answer ?? null }
}

/** The record of a command that a rule refused. */
export function refusedRecord(by: By, at: Date, refusal: DomainError, keeping: Keeping): RequestRecord {
  const { code, message, details } = refusal
  return { ...emptyRecord(by, at, keeping), outcome: 'refused', refusal: { code, message, details } }
}

/** Whether a refusal stays with its key; "not found", "not yours" and "busy" may turn into another answer later. */
export function isRecorded(refusal: DomainError): boolean {
  return statusOfCode(refusal.code) === 422
}

function emptyRecord(by: By, at: Date, { keepForever }: Keeping): Omit<RequestRecord, 'outcome'> {
  const { county } = by.actor
  const record = { _id: requestId(county, by.key), county, bodyHash: by.bodyHash, at }
  return keepForever ? record : { ...record, expiresAt: new Date(at.getTime() + KEPT_DAYS * 86_400_000) }
}

/**
 * The first answer again.
 *
 * @throws DomainError `key.other_body`, or the refusal that was recorded
 */
export function replay(record: RequestRecord, by: By): unknown {
  if (record.bodyHash !== by.bodyHash)
    throw new DomainError('key.other_body', 'This idempotency key was used for another request')
  by.onReplay?.()
  if (record.refusal) throw new DomainError(record.refusal.code, record.refusal.message, record.refusal.details)
  return record.answer
}
