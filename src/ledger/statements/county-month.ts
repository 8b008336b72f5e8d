import { chinaMonth } from '../../shared/china-day.ts'
import { DomainError } from '../../shared/errors.ts'
import type { FundKind } from '../chart.ts'
import { accountsOf } from '../chart.ts'
import type { FundId } from '../fund.ts'
import { findStatement } from './find-statement.ts'
import type { StatementServices } from './find-statement.ts'
import type { MonthState, ProvenStatement } from './proven-statement.ts'
import type { StatementRow } from './statement.ts'

/** One fund's month in the county's roll-up: its money, without goods and claims; from the bank into the till is neither in nor out. Whole fen. */
export interface FundMonth {
  readonly fundId: FundId
  readonly kind: FundKind
  readonly name: string
  readonly state: MonthState
  readonly openingFen: number
  readonly inFen: number
  readonly outFen: number
  /** What late items changed, more than nothing or less. */
  readonly lateFen: number
  readonly closingFen: number
  /** Seal of the month, hexadecimal. */
  readonly seal?: string
}

/** A month of all funds of a county, and of each kind of them together. */
export interface CountyMonth {
  readonly county: string
  readonly period: string
  readonly funds: readonly FundMonth[]
  /** Account by account, the funds of one kind added up; donations never with the others. */
  readonly kinds: readonly { readonly kind: FundKind; readonly rows: readonly StatementRow[] }[]
}

const MONEY: readonly string[] = ['bank', 'cash', 'c_bank', 'd_bank']

const KINDS: readonly FundKind[] = ['township', 'village', 'county', 'donation']

/**
 * The county's month: every fund's statement in a line, and the sums by kind of fund.
 *
 * @throws DomainError `statement.not_found` for a month that has not begun or that no fund has seen
 */
export async function countyMonth(services: StatementServices, county: string, period: string): Promise<CountyMonth> {
  const heads = await services.ledger.headsOf(county)
  const found: ProvenStatement[] = []
  for (const { fundId } of heads) {
    const statement = await findStatement(services, county, fundId, period).catch(nothingYet)
    if (statement) found.push(statement)
  }
  if (found.length === 0) throw new DomainError('statement.not_found', `Nothing in ${period}`, { period })
  const kinds = KINDS.flatMap((kind) => {
    const ofKind = found.filter((statement) => statement.kind === kind)
    return ofKind.length > 0 ? [{ kind, rows: sumRows(kind, ofKind) }] : []
  })
  return { county, period, funds: found.map(fundMonth), kinds }
}

/** The month before the present one: the one that is closed next. */
export function lastMonth(at: Date): string {
  const [year = 0, month = 0] = chinaMonth(at).split('-').map(Number)
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}

function nothingYet(error: unknown): undefined {
  if (error instanceof DomainError && error.code === 'statement.not_found') return undefined
  throw error
}

function fundMonth({ fundId, kind, name, state, rows, items, seal }: ProvenStatement): FundMonth {
  const money = rows.filter(({ account }) => MONEY.includes(account))
  const inTime = items.filter(({ lateFor }) => lateFor === undefined).map(({ moneyChangeFen }) => moneyChangeFen)
  const late = items.filter(({ lateFor }) => lateFor !== undefined).map(({ moneyChangeFen }) => moneyChangeFen)
  return {
    fundId,
    kind,
    name,
    state,
    openingFen: sumOf(money.map(({ openingFen }) => openingFen)),
    inFen: sumOf(inTime.filter((change) => change > 0)),
    outFen: 0 - sumOf(inTime.filter((change) => change < 0)),
    lateFen: sumOf(late),
    closingFen: sumOf(money.map(({ closingFen }) => closingFen)),
    ...(seal ? { seal: seal.seal } : {}),
  }
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

function sumRows(kind: FundKind, statements: readonly ProvenStatement[]): StatementRow[] {
  return accountsOf(kind).map((account) => {
    const rows = statements.flatMap((statement) => statement.rows.filter((row) => row.account === account))
    const sum = (name: Exclude<keyof StatementRow, 'account'>) =>
      rows.reduce((total, row) => total + row[name], 0) as StatementRow['openingFen']
    return {
      account,
      openingFen: sum('openingFen'),
      debitFen: sum('debitFen'),
      creditFen: sum('creditFen'),
      lateDebitFen: sum('lateDebitFen'),
      lateCreditFen: sum('lateCreditFen'),
      closingFen: sum('closingFen'),
    }
  })
}
