import type { Fen } from '../shared/fen.ts'
import { addFen, fen } from '../shared/fen.ts'
import type { Account } from './chart.ts'
import { accountsOf, isSubdivided, normalSide } from './chart.ts'
import type { FundHead } from './fund.ts'
import { balanceOf } from './fund.ts'
import { BETWEEN_FUNDS, storyAccount } from './story-accounts.ts'
import type { SubBalance } from './sub-account.ts'

/** One account with its balance on its own side. Fen. */
export interface TrialRow {
  readonly account: string
  readonly debitFen: Fen
  readonly creditFen: Fen
}

/** Balances whose debits and credits must be the same. */
export interface TrialBalance {
  readonly rows: readonly TrialRow[]
  readonly debitFen: Fen
  readonly creditFen: Fen
}

/** A county's books, each with the donations kept apart. */
export interface CountyBalances {
  /** Every account of every fund as the chart has it: `township-320614103 bank`. */
  readonly chart: TrialBalance
  /** The same in the words of the accounts office: `IMPREST:常乐`, `ADVANCE:case`, `COUNTY_FUND`. What one fund owes another cancels out. */
  readonly stories: TrialBalance
  readonly donations: TrialBalance
}

/** Both trial balances of a county, from its heads and the parts of their accounts. */
export function countyBalances(heads: readonly FundHead[], subs: readonly SubBalance[]): CountyBalances {
  const funds = heads.filter((head) => head.kind !== 'donation')
  const donations = heads.filter((head) => head.kind === 'donation')
  const subsOfFunds = subs.filter((sub) => funds.some((head) => head.fundId === sub.fundId))
  return {
    chart: balanceOfRows(funds.flatMap(chartRows)),
    stories: balanceOfRows([...funds.flatMap(storyRows), ...subsOfFunds.flatMap(storySubRow), ...entrusted(funds)]),
    donations: balanceOfRows(donations.flatMap(storyRows)),
  }
}

/** What stands on an account of a trial balance: debits above zero, credits below. Fen; 0 when it is not listed. */
export function standing(balance: TrialBalance, account: string): number {
  const row = balance.rows.find((found) => found.account === account)
  return row ? row.debitFen - row.creditFen : 0
}

type Signed = readonly [account: string, fen: number]

function chartRows(head: FundHead): Signed[] {
  return accountsOf(head.kind).map((account) => [`${head.fundId} ${account}`, signed(head, account)])
}

function signed(head: FundHead, account: Account): number {
  const balance = balanceOf(head, account)
  return normalSide(account) === 'debit' ? balance : 0 - balance
}

function storyRows(head: FundHead): Signed[] {
  return accountsOf(head.kind)
    .filter((account) => account === 'inkind' || !isSubdivided(account))
    .map((account): Signed => [storyAccount(head, account), signed(head, account)])
    .filter(([account]) => account !== BETWEEN_FUNDS)
}

/** Goods stand in the head already, and what lies in a fund is the fund's own. */
function storySubRow({ account, sub, amountFen }: SubBalance): Signed[] {
  if (account === 'inkind' || account === 'c_funds') return []
  return [[storyAccount({ kind: 'county', name: '' }, account, sub), amountFen]]
}

/** What the county says lies in the funds less what the funds say they were given: nothing, unless a book is broken. */
function entrusted(heads: readonly FundHead[]): Signed[] {
  const gap = heads.reduce(
    (sum, head) => sum + balanceOf(head, 'c_funds') - balanceOf(head, 'quota') - balanceOf(head, 'return'),
    0,
  )
  return [[BETWEEN_FUNDS, gap]]
}

function balanceOfRows(signedRows: readonly Signed[]): TrialBalance {
  const sums = new Map<string, number>()
  for (const [account, amount] of signedRows) sums.set(account, (sums.get(account) ?? 0) + amount)
  const rows = [...sums]
    .filter(([, amount]) => amount !== 0)
    .map(([account, amount]) => ({
      account,
      debitFen: fen(Math.max(amount, 0)),
      creditFen: fen(Math.max(0 - amount, 0)),
    }))
  return {
    rows,
    debitFen: addFen(fen(0), ...rows.map((row) => row.debitFen)),
    creditFen: addFen(fen(0), ...rows.map((row) => row.creditFen)),
  }
}
