import type { CaseRecord, CaseStore } from '../cases/index.ts'
import { announceCase, caseStream, withChange } from '../cases/index.ts'
import type { DeadlineSteps } from '../deadlines/index.ts'
import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import type { DutyPerson, DutyRoster } from './duty-roster.ts'
import type { RoutingPolicy } from './routing-clocks.ts'
import { stepClock } from './routing-clocks.ts'

interface EscalateCaseServices {
  readonly cases: CaseStore
  readonly deadlines: DeadlineSteps
  readonly roster: DutyRoster
  readonly routingPolicy: RoutingPolicy
  readonly inTransaction: InTransaction
}

/** What came of a clock that ran out: who has the case now, or why nothing changed. */
export interface Escalation {
  readonly no: string
  readonly outcome: 'handed_on' | 'already_taken' | 'stays_with_county'
  readonly staffId: string
}

/**
 * Hands a case that nobody acknowledged in time to the next on the ladder: stand-in, deputy, township head, county.
 *
 * Runs as a reaction to a breached clock and may run late or twice: it looks whether the case still waits. At the end of the ladder the
 * county keeps it, and the clock goes on reminding.
 */
export function escalateCase(
  services: EscalateCaseServices,
  { no }: { readonly no: string },
  by: By,
): Promise<Escalation> {
  const { cases, deadlines, roster, routingPolicy, inTransaction } = services
  return inTransaction(by, async (tx) => {
    const found = await cases.get(tx, no)
    if (found.state !== 'ROUTED') return { no, outcome: 'already_taken' as const, staffId: found.responsible.staffId }
    const ladder = await roster.ladder(tx.county, found.unit, tx.at)
    const next = nextOf(ladder, found)
    const owed = { subject: caseStream(no), unit: next.unit, staffId: next.staffId }
    const clock = await stepClock(routingPolicy, found, owed, tx.at)
    await deadlines.startDeadlines(tx, [clock])
    const responsible = {
      unit: next.unit,
      staffId: next.staffId,
      reason: `not_acknowledged.${next.reason}`,
      since: tx.at,
    }
    const handed = withChange(
      found,
      { responsible, escalationStep: found.escalationStep + 1, nearestDueAt: clock.dueAt },
      tx.at,
    )
    announceCase(tx, handed, 'case.escalated', {
      step: handed.escalationStep,
      reason: next.reason,
      staffId: next.staffId,
      toUnit: next.unit,
      fromStaffId: found.responsible.staffId,
    })
    await cases.save(tx, found, handed)
    const outcome = next.staffId === found.responsible.staffId ? ('stays_with_county' as const) : ('handed_on' as const)
    return { no, outcome, staffId: next.staffId }
  })
}

/** The person after the present one; the last keeps it. Somebody who left the ladder meanwhile counts as its step. */
function nextOf(ladder: readonly [DutyPerson, ...DutyPerson[]], found: CaseRecord): DutyPerson {
  const present = ladder.findIndex(({ staffId }) => staffId === found.responsible.staffId)
  const step = present >= 0 ? present + 1 : found.escalationStep + 1
  return ladder[Math.min(step, ladder.length - 1)] ?? ladder[0]
}
