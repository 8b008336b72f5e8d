import type { CaseAnswer, CaseStore, OnCase } from '../cases/index.ts'
import { announceCase, answerOf, caseStream, requirePermission, requireVersion, withChange } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { OpenFileServices } from './open-file.ts'
import { openFile } from './open-file.ts'
import type { RouteCaseServices } from './route-case.ts'
import { routeCase } from './route-case.ts'
import { ROUTING_PERMISSIONS } from './routing-permissions.ts'

interface PlaceCaseServices extends RouteCaseServices, OpenFileServices {
  readonly cases: CaseStore
  readonly deadlines: Deadlines
  readonly inTransaction: InTransaction
}

export interface PlaceCase extends OnCase {
  /** Division code, 9 or 12 digits. */
  readonly code: string
  /** Why this place: what the caller said, or what the officer found. */
  readonly reason: 'caller_said' | 'found_on_site' | 'map' | 'wrong_before'
}

/**
 * Says where the emergency happened, or corrects it, and routes the case anew. Until the new unit acknowledges, its clock runs from now. The
 * person's file goes along.
 *
 * @throws DomainError `place.unusable` when the code leads to no unit, and those of every action on a case
 */
export function placeCase(services: PlaceCaseServices, input: PlaceCase, by: By): Promise<CaseAnswer> {
  const { cases, deadlines, inTransaction } = services
  return inTransaction(by, async (tx) => {
    const found = await cases.get(tx, input.no)
    requirePermission(ROUTING_PERMISSIONS, 'case.place', by, found)
    requireVersion(found, input.version)
    if (found.aid.paidFen + found.aid.heldFen > 0)
      throw new DomainError('place.aid_given', 'Aid was already given here; hand the case over instead', {
        no: found.no,
      })
    await deadlines.cancelDeadlines(tx, caseStream(found.no), 'placed_anew')
    const placed = withChange(found, { place: { ...found.place, code: input.code } }, tx.at)
    announceCase(tx, placed, 'case.placed', { code: input.code, was: found.place.code, reason: input.reason })
    const { record, clocks } = await routeCase(services, tx, placed)
    if (record.state !== 'ROUTED')
      throw new DomainError('place.unusable', 'This place leads to no unit', { code: input.code })
    await deadlines.startDeadlines(tx, clocks)
    return answerOf(await cases.save(tx, found, await openFile(services, tx, record)))
  })
}
