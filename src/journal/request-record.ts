import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'

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
