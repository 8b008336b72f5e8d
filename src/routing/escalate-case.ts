import type { CaseRecord, CaseStore } from '../cases/index.ts'
import { announceCase, withChange } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { DutyLadderServices } from '../directory/index.ts'
import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import type { DutyPerson } from './duty-roster.ts'
import { dutyPeople } from './duty-roster.ts'
import type { ClockServices } from './routing-clocks.ts'
import { stepClock } from './routing-clocks.ts'

interface EscalateCaseServices extends ClockServices, DutyLadderServices {
  readonly deadlines: Deadlines
  readonly cases: CaseStore
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
  const { cases, deadlines, inTransaction } = services
  return inTransaction(by, async (tx) => {
    const found = await cases.get(tx, no)
    if (found.state !== 'ROUTED') return { no, outcome: 'already_taken' as const, staffId: found.responsible.staffId }
    const next = nextOf(await dutyPeople(services, tx.county, found.unit, tx.at), found)
    const clock = await stepClock(services, found, { unit: next.unit, staffId: next.staffId }, tx.at)
    await deadlines.startDeadline(tx, clock)
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
function nextOf(ladder: readonly DutyPerson[], found: CaseRecord): DutyPerson {
  const present = ladder.findIndex(({ staffId }) => staffId === found.responsible.staffId)
  const step = present >= 0 ? present + 1 : found.escalationStep + 1
  return ladder[Math.min(step, ladder.length - 1)] ?? found.responsible
}
