import type { CaseAnswer, CaseStore, OnCase } from '../../cases/index.ts'
import { actOnCase, announceCase, withChange, withObligation } from '../../cases/index.ts'
import type { Deadlines } from '../../deadlines/index.ts'
import type { DutyLadderServices, UnitStore } from '../../directory/index.ts'
import type { InTransaction } from '../../journal/index.ts'
import type { FieldVault } from '../../platform/privacy/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { dutyPeople } from '../duty-roster.ts'
import { ROUTING_PERMISSIONS } from '../routing-permissions.ts'
import type { ClockServices } from '../routing-clocks.ts'
import type { TransferReason } from './transfer.ts'
import { isLiveOnly, requireOfferable } from './transfer.ts'
import { answerClock, earlier } from './transfer-clocks.ts'

export interface TransferServices extends ClockServices, DutyLadderServices {
  readonly cases: CaseStore
  readonly deadlines: Deadlines
  readonly units: UnitStore
  readonly vault: FieldVault
  readonly inTransaction: InTransaction
}

export interface OfferTransfer extends OnCase {
  /** Unit that shall take it: a township, or the county itself. */
  readonly toUnit: string
  readonly reason: TransferReason
  /** In words; needed for the reason `other`. */
  readonly note?: string | undefined
  /** Staff id of whoever on duty there was spoken with; needed where the case may change hands only live. */
  readonly spokenWith?: string | undefined
}

/**
 * Asks another unit to take a case. Until it accepts, nothing changes hands: unit, person and every clock stay as they are (M009).
 *
 * @throws DomainError `transfer.not_open`, `transfer.pending`, `transfer.same_unit`, `transfer.unit_unknown`, `transfer.note_missing`,
 *   `transfer.live_only` when nobody on duty there was spoken with, and those of every action on a case
 */
export function offerTransfer(services: TransferServices, input: OfferTransfer, by: By): Promise<CaseAnswer> {
  return actOnCase(services, ROUTING_PERMISSIONS, 'case.transfer', input, by, async (tx, found) => {
    const { toUnit, reason, note, spokenWith } = input
    requireOfferable(found, toUnit)
    if (reason === 'other' && !note) throw new DomainError('transfer.note_missing', 'Say why in a few words')
    await requireUnit(services, tx.county, toUnit, tx.at)
    const [first] = await onDutyThere(services, input, tx.county, tx.at)
    const policy = await services.policies.at({ scope: found.unit, at: tx.at })
    if (isLiveOnly(found.urgency, policy.value('transfer.live_only')) && spokenWith === undefined)
      throw new DomainError('transfer.live_only', 'Speak with the officer on duty there first', {
        no: found.no,
        toUnit,
        staffId: first?.staffId,
      })
    const place = { collection: 'cases', field: 'transfer.note', record: found._id }
    const transfer = {
      id: newId(),
      state: 'OFFERED' as const,
      fromUnit: found.unit,
      toUnit,
      reason,
      ...(note ? { note: services.vault.seal(note, place) } : {}),
      ...(spokenWith === undefined ? {} : { spokenWith }),
      offeredBy: by.actor.staffId,
      offeredAt: tx.at,
    }
    const clock = await answerClock(services, found, { unit: toUnit, staffId: spokenWith ?? first?.staffId }, tx.at)
    await services.deadlines.startDeadline(tx, clock)
    const obligations = withObligation(found, 'transfer', transfer.id, tx.at)
    const offered = withChange(
      found,
      { transfer, obligations, nearestDueAt: earlier(found.nearestDueAt, clock.dueAt) },
      tx.at,
    )
    announceCase(tx, offered, 'case.transfer_offered', {
      toUnit,
      fromUnit: found.unit,
      reason,
      staffId: spokenWith ?? first?.staffId,
      dueAt: clock.dueAt.toISOString(),
    })
    return offered
  })
}

/** Nobody offers a case to a unit that does not exist, is dissolved, or helps nobody. */
export async function requireUnit(
  { units }: Pick<TransferServices, 'units'>,
  county: string,
  unit: string,
  at: Date,
): Promise<void> {
  const book = await units.book(county)
  const others = [...book.ofKind('township', at), ...book.ofKind('county', at)]
  if (!others.some(({ _id }) => _id === unit))
    throw new DomainError('transfer.unit_unknown', `No unit ${unit} that could take a case`, { unit })
}

/** Who is asked there. Whoever was spoken with must be one of them. */
async function onDutyThere(
  services: TransferServices,
  { toUnit, spokenWith }: OfferTransfer,
  county: string,
  at: Date,
): ReturnType<typeof dutyPeople> {
  const people = await dutyPeople(services, county, toUnit, at)
  if (spokenWith !== undefined && !people.some(({ staffId }) => staffId === spokenWith))
    throw new DomainError('transfer.not_on_duty', 'Whoever was spoken with does not answer for that unit', { toUnit })
  return people
}
