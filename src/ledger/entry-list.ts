import type { Balances, Held } from './chart.ts'
import type { Entry } from './entry.ts'
import { amountFenOf } from './entry.ts'
import type { FundId } from './fund.ts'
import type { LedgerStore } from './ledger-store.ts'

/** One movement of a fund with what was there after it. Whole fen. */
export interface EntryLine {
  /** Voucher number. */
  readonly seq: number
  readonly kind: Entry['kind']
  readonly bookedAt: string
  readonly effectiveOn: string
  readonly caseNo?: string
  /** What it moved, promised or released. */
  readonly amountFen: number
  /** How it changed the money in the box (bank and cash), and the goods. */
  readonly moneyChangeFen: number
  readonly goodsChangeFen: number
  /** In the box after it: money, goods; and what of the money was promised. */
  readonly moneyFen: number
  readonly goodsFen: number
  readonly promisedFen: number
  readonly actor: string
  readonly hash: string
}

/** A page of movements, newest first. */
export interface EntryPage {
  readonly items: readonly EntryLine[]
  /** Where the next page begins; null on the last. */
  readonly next: string | null
}

/**
 * A fund's movements with running balances, newest first.
 *
 * @param page.after - the `next` of the page before
 */
export async function listEntries(
  ledger: LedgerStore,
  county: string,
  fundId: FundId,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<EntryPage> {
  const { limit, after } = page
  const query = after === undefined ? { limit: limit + 1 } : { limit: limit + 1, before: Number(after) }
  const found = await ledger.entries(county, fundId, query)
  const items = found.slice(0, limit).map(entryLine)
  const last = items.at(-1)
  return { items, next: found.length > limit && last ? String(last.seq) : null }
}

/** An entry as a movement. */
export function entryLine(entry: Entry): EntryLine {
  const { seq, kind, bookedAt, effectiveOn, caseNo, actor, hash, after } = entry
  return {
    seq,
    kind,
    bookedAt,
    effectiveOn,
    ...(caseNo === undefined ? {} : { caseNo }),
    amountFen: amountFenOf(entry),
    moneyChangeFen: changeOf(entry, MONEY),
    goodsChangeFen: changeOf(entry, ['inkind']),
    moneyFen: sumOf(after.bal, MONEY),
    goodsFen: sumOf(after.bal, ['inkind']),
    promisedFen: sumOf(after.held, MONEY),
    actor,
    hash,
  }
}

/** Accounts whose sum is the money in the box of any kind of fund. */
const MONEY = ['bank', 'cash', 'c_bank', 'd_bank'] as const

function changeOf({ legs }: Entry, accounts: readonly string[]): number {
  return legs.reduce((sum, { a, d, c }) => (accounts.includes(a) ? sum + d - c : sum), 0)
}

function sumOf(sums: Balances | Held, accounts: readonly string[]): number {
  return Object.entries(sums).reduce((sum, [account, amount]) => (accounts.includes(account) ? sum + amount : sum), 0)
}
