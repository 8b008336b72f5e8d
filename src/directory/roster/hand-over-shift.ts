import type { InTransaction } from '../../journal/index.ts'
import type { FieldVault } from '../../platform/privacy/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { HandOver } from './hand-over.ts'
import { sealNote } from './hand-over.ts'
import { rosterFact } from './roster-events.ts'
import type { RosterStore } from './roster-store.ts'
import { refuseRoster } from './roster-subject.ts'

export interface HandOverServices {
  readonly roster: RosterStore
  readonly vault: FieldVault
  readonly inTransaction: InTransaction
}

/**
 * Leaves a note for the next shift.
 *
 * @param input.text - 1 to 2000 characters
 * @throws DomainError `roster.forbidden`
 */
export async function handOverShift(
  services: HandOverServices,
  input: { readonly unit: string; readonly line?: string; readonly text: string },
  by: By,
): Promise<{ readonly id: string }> {
  const { roster, vault, inTransaction } = services
  const { county, staffId } = by.actor
  refuseRoster(by, 'handover.write', input.unit)

  const id = newId()
  return inTransaction(by, async (tx) => {
    const handOver: HandOver = {
      _id: id,
      county,
      unit: input.unit,
      ...(input.line === undefined ? {} : { line: input.line }),
      byStaffId: staffId,
      at: tx.at,
      note: sealNote(vault, id, input.text),
      readBy: [],
    }
    await roster.insertHandOver(handOver, tx)
    tx.announce(rosterFact('roster.handed_over', input.unit, { handOverId: id, line: input.line, staffId }))
    return { id }
  })
}

/**
 * Confirms that a note was read. Reading it twice changes nothing.
 *
 * @throws DomainError `roster.hand_over_not_found`, `roster.forbidden`
 */
export async function readHandOver(services: HandOverServices, id: string, by: By): Promise<{ readonly id: string }> {
  const { roster, inTransaction } = services
  const { county, staffId } = by.actor
  return inTransaction(by, async (tx) => {
    const handOver = await roster.findHandOver(county, id, tx)
    if (!handOver) throw new DomainError('roster.hand_over_not_found', `No note ${id}`)
    refuseRoster(by, 'handover.write', handOver.unit)
    if (handOver.readBy.some((reader) => reader.staffId === staffId)) return { id }
    await roster.markRead(handOver, staffId, tx)
    tx.announce(rosterFact('roster.hand_over_read', handOver.unit, { handOverId: id, staffId }))
    return { id }
  })
}
