import type { CaseAnswer, CaseRecord, CaseStore, OnCase } from '../cases/index.ts'
import { announceCase, answerOf, caseStream, requirePermission, withChange } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { DISPATCH_CLOCKS } from './routing-clocks.ts'
import { ROUTING_PERMISSIONS } from './routing-permissions.ts'

interface AcknowledgeCaseServices {
  readonly cases: CaseStore
  readonly deadlines: Deadlines
  readonly inTransaction: InTransaction
}

/**
 * Takes responsibility for a case on behalf of a duty officer's unit.
 *
 * Two officers may press at once; the save over the version that was read lets one win, and the other is told who has it. From here on the
 * first responsible is released (M009): another unit has accepted.
 *
 * @throws DomainError `case.not_found`, `case.not_yours`, `case.already_acknowledged`, `case.wrong_state`
 */
export function acknowledgeCase(services: AcknowledgeCaseServices, { no }: OnCase, by: By): Promise<CaseAnswer> {
  const { cases, deadlines, inTransaction } = services
  return inTransaction(by, async (tx) => {
    const found = await cases.get(tx, no)
    requirePermission(ROUTING_PERMISSIONS, 'case.acknowledge', by, found)
    refuseIfTaken(found)
    const left = await deadlines.meetDeadlines(tx, caseStream(no), DISPATCH_CLOCKS)
    const { staffId, unit } = by.actor
    const taken = withChange(
      found,
      {
        state: 'ACKED',
        acknowledgedAt: tx.at,
        acknowledgedBy: staffId,
        responsible: { unit: answeringUnit(found, unit), staffId, reason: 'acknowledged', since: tx.at },
        nearestDueAt: left.nearestDueAt,
      },
      tx.at,
    )
    announceCase(tx, taken, 'case.acknowledged', { staffId, fromStaffId: found.responsible.staffId })
    return answerOf(await cases.save(tx, found, taken))
  })
}

function refuseIfTaken(found: CaseRecord): void {
  if (!found.acknowledgedBy) return
  throw new DomainError('case.already_acknowledged', `Case ${found.no} was taken`, {
    no: found.no,
    staffId: found.acknowledgedBy,
    at: found.acknowledgedAt?.toISOString(),
  })
}

/** A county officer who steps in answers for the county, everybody else for the township that has the case. */
function answeringUnit(found: CaseRecord, actorUnit: string): string {
  return actorUnit === found.county ? found.county : found.unit
}
