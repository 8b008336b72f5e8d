import type { Fen } from '../../shared/fen.ts'
import { fen } from '../../shared/fen.ts'
import { addLegs } from '../balances.ts'
import type { Account, Balances, FundKind } from '../chart.ts'
import { accountsOf, normalSide } from '../chart.ts'
import type { Entry } from '../entry.ts'
import type { EntryLine } from '../entry-list.ts'
import { entryLine } from '../entry-list.ts'
import type { FundId } from '../fund.ts'

/** One account over a month, on its own side. What is late stands in columns of its own and nowhere else. Whole fen. */
export interface StatementRow {
  readonly account: Account
  readonly openingFen: Fen
  readonly debitFen: Fen
  readonly creditFen: Fen
  readonly lateDebitFen: Fen
  readonly lateCreditFen: Fen
  readonly closingFen: Fen
}

/** One entry of the month with both its dates. */
export interface StatementItem extends EntryLine {
  /** The earlier month it belongs to, when it came late. */
  readonly lateFor?: string
}

/** A month of a fund as its entries make it. The same entries give the same statement, whoever makes it. */
export interface Statement {
  readonly fundId: FundId
  readonly kind: FundKind
  readonly name: string
  /** `2026-11`. */
  readonly period: string
  readonly rows: readonly StatementRow[]
  /** Every entry booked in the month, once. */
  readonly items: readonly StatementItem[]
}

/** What a fund is, for its statement. */
export type StatementFund = Pick<Statement, 'fundId' | 'kind' | 'name'>

/**
 * The statement of a month: opening, movements, late items, closing.
 *
 * @param before - the balances after the last entry of an earlier month; empty when there is none
 * @param entries - the entries booked in the month, in order
 */
export function buildStatement(
  fund: StatementFund,
  period: string,
  before: Balances,
  entries: readonly Entry[],
): Statement {
  const late = entries.filter(({ lateFor }) => lateFor !== undefined)
  const inTime = entries.filter(({ lateFor }) => lateFor === undefined)
  const after = addLegs(
    before,
    entries.flatMap(({ legs }) => legs),
  )
  const rows = accountsOf(fund.kind).map((account) => ({
    account,
    openingFen: before[account] ?? fen(0),
    debitFen: sumOf(inTime, account, 'd'),
    creditFen: sumOf(inTime, account, 'c'),
    lateDebitFen: sumOf(late, account, 'd'),
    lateCreditFen: sumOf(late, account, 'c'),
    closingFen: after[account] ?? fen(0),
  }))
  const { fundId, kind, name } = fund
  return { fundId, kind, name, period, rows, items: entries.map(itemOf) }
}

/** How far the columns of a row are from adding up; zero in every statement. Fen. */
export function gapOfRow({ account, openingFen, closingFen, ...moved }: StatementRow): number {
  const debits = moved.debitFen + moved.lateDebitFen
  const credits = moved.creditFen + moved.lateCreditFen
  const change = normalSide(account) === 'debit' ? debits - credits : credits - debits
  return openingFen + change - closingFen
}

function sumOf(entries: readonly Entry[], account: Account, side: 'd' | 'c'): Fen {
  return fen(
    entries.reduce(
      (sum, { legs }) => legs.reduce((ofEntry, leg) => (leg.a === account ? ofEntry + leg[side] : ofEntry), sum),
      0,
    ),
  )
}

function itemOf(entry: Entry): StatementItem {
  const line = entryLine(entry)
  return entry.lateFor === undefined ? line : { ...line, lateFor: entry.lateFor }
}
