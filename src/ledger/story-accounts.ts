import type { Account, FundKind } from './chart.ts'
import { readDebtSub } from './debt.ts'
import type { Entry } from './entry.ts'
import type { FundId } from './fund.ts'
import { readFundId } from './fund.ts'
import { readClaimSub } from './sub-account.ts'

/** What one fund owes another; in a sound county it comes to nothing. */
export const BETWEEN_FUNDS = 'UNEXPLAINED'

/** How the accounts office names what a head keeps undivided; `NAME` stands for the fund's place. */
const PATTERNS: Readonly<Partial<Record<Account, string>>> = {
  bank: 'IMPREST:NAME',
  cash: 'IMPREST:NAME',
  inkind: 'GOODS:NAME',
  transit: 'TRANSIT:NAME',
  suspense: 'SUSPENSE:NAME',
  c_bank: 'COUNTY_FUND',
  c_budget: 'BUDGET',
  d_bank: 'DONATION',
  d_used: 'DONATION_USED',
  d_given: 'DONATION_RECEIVED',
  quota: BETWEEN_FUNDS,
  return: BETWEEN_FUNDS,
  c_funds: BETWEEN_FUNDS,
}

/** A fund as the accounts office names it. */
export interface NamedFund {
  readonly kind: FundKind
  /** Its place: 常乐. */
  readonly name: string
}

/**
 * The account of the stories for an account of the chart.
 *
 * Source: ledger research, "Names in the stories and accounts in the chart".
 *
 * @param sub - the part of a divided account
 */
export function storyAccount({ kind, name }: NamedFund, account: Account, sub = ''): string {
  switch (account) {
    case 'advance':
    case 'c_advance':
      return `ADVANCE:${sub}`
    case 'claim':
      return `RELIEF_EXPENSE:${readClaimSub(sub).type}`
    case 'c_expense':
      return `RELIEF_EXPENSE:${sub}`
    case 'recover':
    case 'c_recover':
      return `RECOVERABLE:${readDebtSub(sub).of}`
    default: {
      const pattern = PATTERNS[account] ?? account
      return (kind === 'village' ? pattern.replace('IMPREST', 'IMPREST_V') : pattern).replace('NAME', name)
    }
  }
}

/** One line of a posting as the accounts office writes it. Exactly one side is not zero. Fen. */
export interface StoryLine {
  readonly account: string
  readonly debitFen: number
  readonly creditFen: number
}

/**
 * Entries as the accounts office would post them: each account once, debits first; what one fund owes another cancels out, and so does
 * what a refund moves from a township's claim to the county's expense.
 *
 * @param entries - one event with all its halves, or any stretch of the books
 * @param names - the places of the funds
 */
export function storyLines(entries: readonly Entry[], names: ReadonlyMap<FundId, string>): StoryLine[] {
  const sums = new Map<string, number>()
  for (const { fundId, legs } of entries) {
    const fund = { kind: readFundId(fundId)?.kind ?? 'township', name: names.get(fundId) ?? fundId }
    for (const { a, s, d, c } of legs) {
      const account = storyAccount(fund, a, s)
      sums.set(account, (sums.get(account) ?? 0) + d - c)
    }
  }
  const lines = [...sums]
    .filter(([, sum]) => sum !== 0)
    .map(([account, sum]) => ({ account, debitFen: Math.max(sum, 0), creditFen: Math.max(0 - sum, 0) }))
  return [...lines.filter(({ debitFen }) => debitFen > 0), ...lines.filter(({ creditFen }) => creditFen > 0)]
}
