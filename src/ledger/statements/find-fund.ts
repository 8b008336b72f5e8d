import type { Actor } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import type { FundHead, FundId } from '../fund.ts'
import type { LedgerStore } from '../ledger-store.ts'
import { requirePeriodPermission } from '../periods/close-period.ts'

/** A fund whose statements somebody may read. @throws DomainError `fund.forbidden`, `fund.not_found` */
export async function findFund(ledger: LedgerStore, actor: Actor, fundId: FundId = ''): Promise<FundHead> {
  requirePeriodPermission('statement.see', fundId, { actor })
  const head = await ledger.head(actor.county, fundId)
  if (!head) throw new DomainError('fund.not_found', `No fund ${fundId}`, { fundId })
  return head
}
