import { chinaMonth } from '../../shared/china-day.ts'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import type { FundHead, FundId } from '../fund.ts'
import type { LedgerStore } from '../ledger-store.ts'
import { monthAfter } from '../periods/months.ts'
import type { Seal } from '../periods/seal.ts'
import type { SealStore } from '../periods/seal-store.ts'
import type { Checkpoint } from '../proof/checkpoint.ts'
import type { CheckpointStore } from '../proof/checkpoint-store.ts'
import type { TreeStore } from '../proof/tree-store.ts'
import type { MonthState, ProvenStatement } from './proven-statement.ts'
import { proveStatement } from './proven-statement.ts'
import { buildStatement } from './statement.ts'
import type { StatementStore } from './statement-store.ts'

/** What statements are made with. */
export interface StatementServices {
  readonly ledger: LedgerStore
  readonly statements: StatementStore
  readonly seals: SealStore
  readonly treeStore: TreeStore
  readonly checkpointStore: CheckpointStore
  readonly clock: Clock
}

/** A month of a fund in a list. */
export interface MonthOfFund {
  readonly period: string
  readonly state: MonthState
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/**
 * The statement of a fund's month with its seal and checkpoint.
 *
 * @throws DomainError `fund.not_found`, `statement.not_found` for a month the fund has not seen
 */
export async function findStatement(
  services: StatementServices,
  county: string,
  fundId: FundId,
  period: string,
): Promise<ProvenStatement> {
  const { ledger, statements, seals, clock } = services
  const head = await ledger.head(county, fundId)
  if (!head) throw new DomainError('fund.not_found', `No fund ${fundId}`, { fundId })
  const first = (await ledger.entry(county, fundId, 1))?.period ?? head.period
  if (!MONTH.test(period) || period < first || period > chinaMonth(clock.now()))
    throw new DomainError('statement.not_found', `No statement of ${fundId} for ${period}`, { fundId, period })
  const before = await statements.lastBefore(county, fundId, period)
  const entries = await statements.entriesOfMonth(county, fundId, period)
  const statement = buildStatement(head, period, before?.after.bal ?? {}, entries)
  const seal = await seals.find(county, fundId, period)
  const state = stateOfMonth(head, period, seal, chinaMonth(clock.now()))
  return proveStatement(statement, state, seal, seal && (await checkpointOver(services, seal)))
}

/** The months a fund has seen, newest first. */
export async function monthsOfFund(services: StatementServices, head: FundHead): Promise<MonthOfFund[]> {
  const { ledger, seals, clock } = services
  const { county, fundId } = head
  const now = chinaMonth(clock.now())
  const sealed = new Map((await seals.list(county, { fundId })).map((seal) => [seal.period, seal]))
  const months: MonthOfFund[] = []
  const first = (await ledger.entry(county, fundId, 1))?.period ?? head.period
  for (let period = first; period <= now; period = monthAfter(period))
    months.unshift({ period, state: stateOfMonth(head, period, sealed.get(period), now) })
  return months
}

/** How far a month has come in a fund. @param now - the present month */
export function stateOfMonth(head: FundHead, period: string, seal: Seal | undefined, now: string): MonthState {
  if (seal) return 'sealed'
  if (head.closed && period <= head.closed.period) return 'closing'
  return period < now ? 'over' : 'running'
}

async function checkpointOver(
  { treeStore, checkpointStore }: StatementServices,
  { county, fundId, bySeq }: Seal,
): Promise<Checkpoint | undefined> {
  const leaf = await treeStore.leafOf(county, fundId, bySeq)
  return leaf && checkpointStore.covering(county, leaf.index + 1)
}
