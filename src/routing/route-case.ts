import type { CaseRecord } from '../cases/index.ts'
import { announceCase, withChange } from '../cases/index.ts'
import type { NewDeadline } from '../deadlines/index.ts'
import type { DutyLadderServices } from '../directory/index.ts'
import type { Tx } from '../journal/index.ts'
import type { DutyPerson } from './duty-roster.ts'
import { dutyPeople } from './duty-roster.ts'
import type { Divisions, UnitDecision } from './responsible-unit.ts'
import { responsibleUnit } from './responsible-unit.ts'
import type { ClockServices } from './routing-clocks.ts'
import { routingClocks, triageClock } from './routing-clocks.ts'
import { atTriage } from './triage-desk.ts'

export interface RouteCaseServices extends ClockServices, DutyLadderServices {
  readonly divisions: Divisions
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
    : toTownship(services, tx, found, decision, decision.unit)
}

async function toTownship(
  services: RouteCaseServices,
  tx: Tx,
  found: CaseRecord,
  { rule, code }: UnitDecision,
  unit: string,
): Promise<Routed> {
  const [onDuty = keepsIt(found)] = await dutyPeople(services, tx.county, unit, tx.at)
  const clocks = await routingClocks(services, found, { unit, staffId: onDuty.staffId }, tx.at)
  const routed = withChange(
    found,
    {
      state: 'ROUTED',
      unit,
      responsible: { ...onDuty, since: tx.at },
      routing: { rule, code, at: tx.at },
      escalationStep: 0,
      acknowledgedAt: undefined,
      acknowledgedBy: undefined,
      nearestDueAt: nearest(clocks),
    },
    tx.at,
  )
  const ackDueAt = nearest(clocks)?.toISOString()
  announceCase(tx, routed, 'case.routed', { rule, code, staffId: onDuty.staffId, reason: onDuty.reason, ackDueAt })
  return { record: routed, clocks }
}

async function toTriage(
  services: RouteCaseServices,
  tx: Tx,
  found: CaseRecord,
  { rule, code }: UnitDecision,
): Promise<Routed> {
  const desk = (await atTriage(services, tx.county, tx.at)) ?? keepsIt(found)
  const waiting = withChange(
    found,
    { unit: tx.county, responsible: { ...desk, reason: rule, since: tx.at }, routing: { rule, code, at: tx.at } },
    tx.at,
  )
  const clock = await triageClock(services, waiting, { unit: tx.county, staffId: desk.staffId }, tx.at)
  announceCase(tx, waiting, 'case.unplaced', { rule, code, staffId: desk.staffId })
  return { record: { ...waiting, nearestDueAt: clock.dueAt }, clocks: [clock] }
}

/** Where a unit has nobody at all, whoever took the request keeps it: it is never without an owner. */
function keepsIt({ responsible }: CaseRecord): DutyPerson {
  return { unit: responsible.unit, staffId: responsible.staffId, reason: 'nobody_on_duty' }
}

/** The earliest due moment, if any clock runs. */
function nearest(clocks: readonly { readonly dueAt: Date }[]): Date | undefined {
  const times = clocks.map(({ dueAt }) => dueAt.getTime())
  return times.length > 0 ? new Date(Math.min(...times)) : undefined
}
