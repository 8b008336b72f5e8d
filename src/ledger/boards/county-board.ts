import type { Actor } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { filterFor } from '../../shared/permissions.ts'
import { openSides } from '../bank/match-by-rule.ts'
import type { BankStore } from '../bank/bank-store.ts'
import type { MissingCountServices } from '../cash/missing-counts.ts'
import { firstDay, missingCounts } from '../cash/missing-counts.ts'
import type { FundHead, FundId } from '../fund.ts'
import type { FundSummary } from '../fund-view.ts'
import { fundSummary } from '../fund-view.ts'
import { FUND_PERMISSIONS } from '../ledger-permissions.ts'
import type { ProposalRecord } from '../proposals/proposal.ts'
import type { SubBalance } from '../sub-account.ts'
import type { LatePayment, MonthsWork, Outflow } from './months-work.ts'
import { monthsWork } from './months-work.ts'

/** When the papers of cases are due; who keeps the clocks is another domain. */
export type PapersDue = (
  county: string,
  caseNos: readonly string[],
) => Promise<ReadonlyMap<string, { readonly dueAt: Date; readonly isLate: boolean }>>

/** The county's parameters the board goes by. */
export interface BoardPolicies {
  at(question: { readonly scope: string; readonly at: Date }): Promise<{
    value(key: 'payment.late_hours' | 'imprest.idle_days'): number
  }>
}

export interface BoardServices extends MissingCountServices {
  readonly bank: BankStore
  readonly policies: BoardPolicies
  readonly papersDue: PapersDue
  readonly clock: Clock
}

/** An advance whose papers are not complete. */
export interface OpenAdvance {
  readonly fundId: FundId
  readonly caseNo: string
  readonly amountFen: number
  readonly days: number
  /** When its papers are due; missing while the emergency goes on. */
  readonly dueAt?: Date
  readonly isLate: boolean
}

/** How clean a fund's books are: all of it should tend to nothing, and the share of matched lines to all. */
export interface FundQuality {
  readonly fundId: FundId
  /** Oldest money on its way from the county or to the bank, oldest promise, oldest debt. Days; 0 when there is none. */
  readonly transitDays: number
  readonly holdDays: number
  readonly debtDays: number
  readonly debtFen: number
  readonly suspenseFen: number
  readonly lines: number
  readonly matched: number
  /** Working days on which cash moved and nobody counted. */
  readonly missingCounts: number
}

/** A fund in which no aid was paid for long. */
export interface IdleFund {
  readonly fundId: FundId
  readonly freeFen: number
  readonly lastAidAt?: string
}

/** All funds of a county before the eyes of those who answer for them. Sums in whole fen. */
export interface CountyBoard {
  readonly at: string
  readonly funds: readonly FundSummary[]
  readonly advances: readonly OpenAdvance[]
  readonly confirmDays: readonly number[]
  readonly late: readonly LatePayment[]
  readonly idle: readonly IdleFund[]
  readonly outflows: readonly Outflow[]
  readonly quality: readonly FundQuality[]
  readonly approvals: readonly ProposalRecord[]
  readonly lateHours: number
  readonly idleDays: number
}

/** Proposals on the board. */
const MOST_APPROVALS = 50

const DAY_MS = 86_400_000

/** The board of an actor's county: the funds they may see, and everything that should not be as it is. */
export async function countyBoard(services: BoardServices, actor: Actor): Promise<CountyBoard> {
  const { ledger, clock, policies } = services
  const { county } = actor
  const now = clock.now()
  const policy = await policies.at({ scope: county, at: now })
  const lateHours = policy.value('payment.late_hours')
  const idleDays = policy.value('imprest.idle_days')
  const heads = await ledger.headsOf(county, filterFor(FUND_PERMISSIONS, actor, 'fund.see'))
  const seen = new Set(heads.map(({ fundId }) => fundId))
  const parts = (await ledger.subsOf(county, { accounts: ['advance', 'c_advance', 'recover', 'c_recover'] })).filter(
    ({ fundId }) => seen.has(fundId),
  )
  const shares = await services.bank.shares(county)
  const counted = await services.cashCounts.daysCounted(county, firstDay(clock))
  const works: [FundHead, MonthsWork][] = []
  const quality: FundQuality[] = []
  for (const head of heads) {
    const holds = await ledger.pendingHolds(county, head.fundId)
    const work = await monthsWork(ledger, head, holds, { lateHours, days: idleDays }, now)
    works.push([head, work])
    quality.push({
      fundId: head.fundId,
      transitDays: await transitDays(services, head, work, now),
      holdDays: oldest(
        holds.map(({ placedAt }) => placedAt),
        now,
      ),
      ...debtsOf(parts, head.fundId, now),
      suspenseFen: fundSummary(head).suspenseFen,
      ...(shares.get(head.fundId) ?? { lines: 0, matched: 0 }),
      missingCounts: (await missingCounts(services, county, head.fundId, counted.get(head.fundId) ?? new Set())).length,
    })
  }
  return {
    at: now.toISOString(),
    funds: heads.map(fundSummary),
    advances: await openAdvances(services, county, parts, now),
    confirmDays: works.flatMap(([, { confirmDays }]) => confirmDays),
    late: works.flatMap(([, { late }]) => late),
    idle: works.flatMap(([head, work]) => idleOf(head, work, idleDays, now)),
    outflows: works.flatMap(([head, { outflows }]) => (head.kind === 'county' ? [] : outflows)),
    quality,
    approvals: (await ledger.proposals.open(county, MOST_APPROVALS)).filter(({ fundId }) => seen.has(fundId)),
    lateHours,
    idleDays,
  }
}

async function openAdvances(
  { papersDue }: Pick<BoardServices, 'papersDue'>,
  county: string,
  parts: readonly SubBalance[],
  now: Date,
): Promise<OpenAdvance[]> {
  const open = parts.filter(({ account }) => account === 'advance' || account === 'c_advance')
  const due = await papersDue(county, [...new Set(open.map(({ sub }) => sub))])
  return open.map(({ fundId, sub, amountFen, since }) => {
    const papers = due.get(sub)
    const advance = { fundId, caseNo: sub, amountFen, days: daysSince(since, now), isLate: papers?.isLate ?? false }
    return papers ? { ...advance, dueAt: papers.dueAt } : advance
  })
}

/** Money ordered and not arrived, or booked and not shown by the bank. */
async function transitDays(
  { bank }: Pick<BoardServices, 'bank'>,
  { county, fundId }: FundHead,
  { transitSince }: MonthsWork,
  now: Date,
): Promise<number> {
  const account = await bank.accountOf(county, fundId)
  const open = account ? await openSides({ bank }, {}, account) : []
  const onTheWay = open.map(({ on }) => `${on}T00:00:00+08:00`)
  return oldest(transitSince === undefined ? onTheWay : [transitSince, ...onTheWay], now)
}

function debtsOf(parts: readonly SubBalance[], fundId: FundId, now: Date): { debtFen: number; debtDays: number } {
  const debts = parts.filter((part) => part.fundId === fundId && /recover$/.test(part.account))
  return {
    debtFen: debts.reduce((sum, { amountFen }) => sum + amountFen, 0),
    debtDays: oldest(
      debts.map(({ since }) => since),
      now,
    ),
  }
}

/** Only what is entrusted for aid can lie idle. */
function idleOf(head: FundHead, { lastAidAt, openedAt }: MonthsWork, idleDays: number, now: Date): IdleFund[] {
  if (head.kind !== 'township' && head.kind !== 'village') return []
  const { fundId, freeFen } = fundSummary(head)
  const since = lastAidAt ?? openedAt
  const isIdle = since === undefined || daysSince(since, now) >= idleDays
  return isIdle && freeFen > 0 ? [{ fundId, freeFen, ...(lastAidAt === undefined ? {} : { lastAidAt }) }] : []
}

function oldest(moments: readonly string[], now: Date): number {
  return Math.max(0, ...moments.map((moment) => daysSince(moment, now)))
}

function daysSince(moment: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(moment)) / DAY_MS))
}
