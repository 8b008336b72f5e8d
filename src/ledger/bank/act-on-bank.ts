import type { InTransaction } from '../../journal/index.ts'
import type { FieldVault } from '../../platform/privacy/index.ts'
import type { Actor } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import { subjectOf } from '../act-on-fund.ts'
import type { FundId } from '../fund.ts'
import type { FundQueue } from '../fund-queue.ts'
import type { LedgerStore } from '../ledger-store.ts'
import type { BankAction } from './bank-permissions.ts'
import { BANK_PERMISSIONS } from './bank-permissions.ts'
import type { BankStore } from './bank-store.ts'

/** The county's parameters that the comparison needs. */
export interface BankPolicies {
  at(question: { readonly scope: string; readonly at: Date }): Promise<{
    value(key: 'bank.match_days' | 'period.explain_after_days'): number
  }>
}

/** What the comparison with the bank works with. */
export interface BankServices {
  readonly ledger: LedgerStore
  readonly bank: BankStore
  readonly vault: FieldVault
  readonly policies: BankPolicies
  readonly fundQueue: FundQueue
  readonly inTransaction: InTransaction
  readonly clock: Clock
}

/** @throws DomainError `fund.forbidden` */
export function requireBankPermission(action: BankAction, fundId: FundId, { actor }: { readonly actor: Actor }): void {
  if (may(BANK_PERMISSIONS, actor, action, subjectOf(fundId))) return
  throw new DomainError('fund.forbidden', `${action} is not yours to do with ${fundId}`, { fundId })
}

/** The unit whose parameters hold for a fund: its township, or the county. */
export function scopeOfFund(fundId: FundId): string {
  return (fundId.split('-')[1] ?? '').slice(0, 9)
}

/** Stream of what happens between a fund and its bank; the journal keeps it. */
export function bankStream(fundId: FundId): string {
  return `bank:${fundId}`
}
