import { DomainError } from '../shared/errors.ts'

/** A rule's "no" to a command: nothing was changed. */
export interface Refusal {
  readonly refusal: DomainError
}

/**
 * Every code the ledger refuses with. Words stand in the catalogue.
 *
 * `not_found` codes leave no record, so the same key may be tried again once the thing exists; all others are sticky.
 */
export type RefusalCode =
  | 'fund.not_found'
  | 'fund.exists'
  | 'fund.frozen'
  | 'fund.not_frozen'
  | 'fund.insufficient'
  | 'fund.id_invalid'
  | 'fund.float_too_small'
  | 'period.closed'
  | 'period.not_next'
  | 'period.not_over'
  | 'hold.not_found'
  | 'hold.not_pending'
  | 'hold.over_amount'
  | 'hold.not_due'
  | 'hold.same_person'
  | 'entry.not_found'
  | 'entry.not_reversible'
  | 'entry.reversed_before'
  | 'goods.insufficient'
  | 'goods.value_differs'
  | 'ledger.amount_invalid'
  | 'ledger.field_invalid'
  | 'ledger.purpose_forbidden'
  | 'ledger.over_balance'
  | 'ledger.overflow'
  | 'ledger.second_person'
  | 'ledger.source_used'

/** Says no. */
export function refuse(code: RefusalCode, message: string, details: Readonly<Record<string, unknown>> = {}): never {
  throw new DomainError(code, message, details)
}

/**
 * An entry that would break the book itself: a bug, not a rule's "no". Nothing is posted.
 *
 * The checks stay on in production.
 */
export class BrokenBook extends Error {
  readonly fundId: string

  constructor(fundId: string, why: string) {
    super(`The book of ${fundId} would break: ${why}`)
    this.name = 'BrokenBook'
    this.fundId = fundId
  }
}
