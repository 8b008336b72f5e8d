import type { Fen } from '../shared/fen.ts'
import { addFen, fen } from '../shared/fen.ts'
import type { Balances, Held, RealAccount } from './chart.ts'
import { accountsOf, isReal, mayBeNegative, normalSide } from './chart.ts'
import type { HoldNote, Leg } from './entry.ts'
import type { FundHead } from './fund.ts'
import { balanceOf, freeFen, heldOf } from './fund.ts'
import type { Posting } from './posting.ts'
import { refuse } from './refusal.ts'

/** Largest balance of an account. Fen. Source: ledger research 2.1, rule 4. */
export const MAX_BALANCE_FEN = 10 ** 14

/** Balances after legs, each account on its own side. Checks nothing. */
export function addLegs(balances: Balances, legs: readonly Leg[]): Balances {
  const after: Partial<Record<string, Fen>> = { ...balances }
  for (const { a, d, c } of legs) {
    const change = normalSide(a) === 'debit' ? d - c : c - d
    after[a] = addFen(after[a] ?? fen(0), fen(change))
  }
  return after
}

/** What is promised after a hold was placed or resolved; the whole promise ends, however much was paid. */
export function addHold(held: Held, hold: Pick<HoldNote, 'change' | 'account' | 'amountFen'> | undefined): Held {
  if (!hold) return held
  const change = hold.change === 'placed' ? hold.amountFen : fen(0 - hold.amountFen)
  return { ...held, [hold.account]: addFen(held[hold.account] ?? fen(0), change) }
}

/**
 * Refuses balances that may not be: overdrawn, promised twice, or beyond what is counted exactly.
 *
 * @throws DomainError `fund.insufficient`, `ledger.over_balance`, `ledger.overflow`
 */
export function checkBalances(before: FundHead, after: FundHead): void {
  for (const account of accountsOf(after.kind)) {
    const balance = balanceOf(after, account)
    if (Math.abs(balance) > MAX_BALANCE_FEN) refuse('ledger.overflow', `${account} beyond all measure`, { account })
    if (isReal(account) && freeFen(after, account) < 0) refuseInsufficient(before, after, account)
    if (balance < 0 && !mayBeNegative(account))
      refuse('ledger.over_balance', `${account} has less than that`, {
        fundId: after.fundId,
        account,
        openFen: balanceOf(before, account),
        wantedFen: balanceOf(before, account) - balance,
      })
  }
}

/**
 * Refuses to settle a count difference that is not there: to charge more than is missing, to hand over more than was too much.
 *
 * @throws DomainError `ledger.over_balance`
 */
export function checkSuspense(before: FundHead, { kind, moves }: Posting): void {
  if (kind !== 'shortage.charged' && kind !== 'surplus.handed-over') return
  const suspense = balanceOf(before, 'suspense')
  const openFen = Math.max(0, kind === 'shortage.charged' ? suspense : 0 - suspense)
  const wantedFen = moves.reduce((sum, { amountFen }) => sum + amountFen, 0)
  if (wantedFen > openFen)
    refuse('ledger.over_balance', `The differences come to ${openFen} fen`, {
      fundId: before.fundId,
      account: 'suspense',
      openFen,
      wantedFen,
    })
}

function refuseInsufficient(before: FundHead, after: FundHead, account: RealAccount): never {
  const free = freeFen(before, account)
  return refuse('fund.insufficient', `${before.fundId} has ${free} fen free in ${account}`, {
    fundId: before.fundId,
    account,
    freeFen: free,
    heldFen: heldOf(before, account),
    wantedFen: free - freeFen(after, account),
  })
}
