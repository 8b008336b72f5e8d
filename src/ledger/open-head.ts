import type { FundHead, FundId } from './fund.ts'
import { newFund, readFundId } from './fund.ts'
import type { Posting } from './posting.ts'
import { refuse } from './refusal.ts'

/**
 * The head a posting adds to: the fund's, or a new one.
 *
 * @throws DomainError `fund.not_found`, `fund.exists`, `fund.frozen`, `fund.not_frozen`, `fund.id_invalid`
 */
export function openHead(posting: Posting, heads: ReadonlyMap<FundId, FundHead>): FundHead {
  const { fundId, opening } = posting
  const head = heads.get(fundId)
  if (opening) {
    if (head) refuse('fund.exists', `${fundId} is open already`, { fundId })
    return newFund(opening, readFundId(fundId) ?? refuse('fund.id_invalid', `Not a fund: ${fundId}`, { fundId }))
  }
  if (!head) return refuse('fund.not_found', `No fund ${fundId}`, { fundId })
  checkStatus(head, posting.status === 'open')
  return head
}

function checkStatus({ fundId, status }: FundHead, isThawing: boolean): void {
  if (status === 'frozen' && !isThawing) refuse('fund.frozen', `${fundId} is frozen`, { fundId })
  if (status === 'open' && isThawing) refuse('fund.not_frozen', `${fundId} is not frozen`, { fundId })
}
