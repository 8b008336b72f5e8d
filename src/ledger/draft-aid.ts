import type { Fen } from '../shared/fen.ts'
import type { Account, RealAccount } from './chart.ts'
import type { CommandOf, ReplenishLine } from './command.ts'
import { countyOf } from './draft-money.ts'
import type { FundId } from './fund.ts'
import { readFundId } from './fund.ts'
import { byLot } from './goods.ts'
import type { HoldPurpose } from './hold.ts'
import type { Move, Posting } from './posting.ts'
import { isAllowed } from './purposes.ts'
import { refuse } from './refusal.ts'
import { claimSub } from './sub-account.ts'
import { sumByType } from './sum-by-type.ts'

/** Paid at once. */
export function draftPayment({ fundId, account, purpose, amountFen, goods }: CommandOf<'pay'>): Posting {
  return {
    fundId,
    kind: 'aid.paid',
    moves: byLot(paymentMove(fundId, account, purpose, amountFen), goods),
    caseNo: purpose.caseNo,
  }
}

/**
 * The move with which aid leaves a real account.
 *
 * @throws DomainError `ledger.purpose_forbidden` when this fund may not pay this kind of aid from there
 */
export function paymentMove(fundId: FundId, account: RealAccount, purpose: HoldPurpose, amountFen: Fen): Move {
  const parts = readFundId(fundId) ?? refuse('fund.id_invalid', `Not a fund: ${fundId}`, { fundId })
  const target = paymentTarget(purpose, parts.kind === 'county')
  if (!isAllowed(parts.kind, 'aid.paid', target.debit, account))
    refuse('ledger.purpose_forbidden', `${fundId} may not pay ${purpose.use} from ${account}`, { fundId, account })
  return { ...target, credit: account, amountFen }
}

function paymentTarget(purpose: HoldPurpose, isCounty: boolean): { debit: Account; debitSub?: string } {
  switch (purpose.use) {
    case 'advance':
      return { debit: isCounty ? 'c_advance' : 'advance', debitSub: purpose.caseNo }
    case 'release':
      return { debit: 'c_expense', debitSub: purpose.type }
    case 'donation':
      return { debit: 'd_used' }
  }
}

/** The papers are complete: a township may claim the sum, the county's own advance is an expense. */
export function draftConfirmation({ fundId, caseNo, type, amountFen }: CommandOf<'confirm-advance'>): Posting {
  const move: Move =
    readFundId(fundId)?.kind === 'county'
      ? { debit: 'c_expense', debitSub: type, credit: 'c_advance', creditSub: caseNo, amountFen }
      : { debit: 'claim', debitSub: claimSub(caseNo, type), credit: 'advance', creditSub: caseNo, amountFen }
  return { fundId, kind: 'advance.confirmed', moves: [move], caseNo }
}

/** The county refunds confirmed claims: its expense by type of aid, the fund full again. */
export function draftReplenishment({ fundId, lines }: CommandOf<'replenish'>): Posting[] {
  return [
    { fundId, kind: 'claims.replenished', moves: lines.flatMap(claimMoves) },
    {
      fundId: countyOf(fundId),
      kind: 'county.claims.replenished',
      moves: sumByType(lines).map(([type, amountFen]) => ({
        debit: 'c_expense',
        debitSub: type,
        credit: 'c_bank',
        amountFen,
      })),
    },
  ]
}

function claimMoves({ caseNo, type, amountFen, into, goods }: ReplenishLine): Move[] {
  return byLot({ debit: into, credit: 'claim', creditSub: claimSub(caseNo, type), amountFen }, goods)
}
