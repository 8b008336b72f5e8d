import type { CaseRecord } from '../cases/index.ts'
import { announceCase, withChange } from '../cases/index.ts'
import type { NewDeadline } from '../deadlines/index.ts'
import type { Tx } from '../journal/index.ts'
import type { Divisions, UnitDecision } from './responsible-unit.ts'
import { responsibleUnit } from './responsible-unit.ts'
import { routingClocks, triageClock } from './routing-clocks.ts'
import type { RoutingPolicy } from './routing-clocks.ts'
import type { DutyRoster } from './duty-roster.ts'

export interface RouteCaseServices {
  readonly divisions: Divisions
  readonly roster: DutyRoster
  readonly routingPolicy: RoutingPolicy
}

/** The routed case, not yet saved, and the clocks that start with it, not yet stored. */
export interface Routed {
  readonly record: CaseRecord
  readonly clocks: readonly NewDeadline[]
}

/**
 * Decides who owes the next step of a case: the unit of the place of emergency and its officer on duty at this instant, or the county's
 * triage desk when the place cannot be used. Rule and reason are stored with the case.
 *
 * Reads only; the caller saves case and clocks in its transaction, so that registering costs few commands.
 */
export async function routeCase(services: RouteCaseServices, tx: Tx, found: CaseRecord): Promise<Routed> {
  const decision = await responsibleUnit(services.divisions, tx.county, found.place.code, tx.at)
  return decision.unit === undefined
    ? toTriage(services, tx, found, decision)
    : toTownship(services, tx, found, decision as UnitDecision & { unit: string })
}

async function toTownship(
  { roster, routingPolicy }: RouteCaseServices,
  tx: Tx,
  found: CaseRecord,
  decision: UnitDecision & { readonly unit: string },
): Promise<Routed> {
  const [onDuty] = await roster.ladder(tx.county, decision.unit, tx.at)
  const clocks = await routingClocks(routingPolicy, found, decision.unit, onDuty.staffId, tx.at)
  const routed = withChange(
    found,
    {
      state: 'ROUTED',
      unit: decision.unit,
      responsible: { unit: onDuty.unit, staffId: onDuty.staffId, reason: onDuty.reason, since: tx.at },
      routing: { rule: decision.rule, code: decision.code, at: tx.at },
      escalationStep: 0,
      acknowledgedAt: undefined,
      acknowledgedBy: undefined,
      nearestDueAt: nearest(clocks),
    },
    tx.at,
  )
  announceCase(tx, routed, 'case.routed', {
    rule: decision.rule,
    code: decision.code,
    staffId: onDuty.staffId,
    reason: onDuty.reason,
    ackDueAt: nearest(clocks)?.toISOString(),
  })
  return { record: routed, clocks }
}

async function toTriage(
  { roster, routingPolicy }: RouteCaseServices,
  tx: Tx,
  found: CaseRecord,
  decision: UnitDecision,
): Promise<Routed> {
  const desk = await roster.triage(tx.county, tx.at)
  const clocks = [await triageClock(routingPolicy, found, desk.staffId, tx.at)]
  const waiting = withChange(
    found,
    {
      unit: tx.county,
      responsible: { unit: desk.unit, staffId: desk.staffId, reason: decision.rule, since: tx.at },
      routing: { rule: decision.rule, code: decision.code, at: tx.at },
      nearestDueAt: nearest(clocks),
    },
    tx.at,
  )
  announceCase(tx, waiting, 'case.unplaced', { rule: decision.rule, code: decision.code, staffId: desk.staffId })
  return { record: waiting, clocks }
}

/** The earliest due moment, if any clock runs. */
export function nearest(clocks: readonly { readonly dueAt: Date }[]): Date | undefined {
  const times = clocks.map(({ dueAt }) => dueAt.getTime())
  return times.length > 0 ? new Date(Math.min(...times)) : undefined
}
