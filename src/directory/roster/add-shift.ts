import type { InTransaction } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { StaffStore } from '../staff/staff-store.ts'
import type { UnitStore } from '../units/unit-store.ts'
import { isOver } from '../validity.ts'
import { SHIFT_ROLES } from './on-duty.ts'
import { rosterFact } from './roster-events.ts'
import type { RosterStore } from './roster-store.ts'
import { refuseRoster } from './roster-subject.ts'
import type { Shift } from './shift.ts'
import { minutesOf } from '../weekly-pattern.ts'
import type { ShiftView } from './shift-view.ts'
import { shiftView } from './shift-view.ts'

export interface RosterServices {
  readonly roster: RosterStore
  readonly staff: StaffStore
  readonly units: UnitStore
  readonly inTransaction: InTransaction
}

/** What a new shift is made of. */
export type NewShift = Omit<Shift, '_id' | 'county' | 'version'>

/**
 * Puts somebody on the roster, once or every week.
 *
 * @throws DomainError `roster.forbidden`, `roster.unit`, `roster.person` (does not hold a fitting role there), `roster.times`
 */
export async function addShift(services: RosterServices, input: NewShift, by: By): Promise<ShiftView> {
  const { roster, staff, units, inTransaction } = services
  const { county } = by.actor
  refuseRoster(by, 'roster.edit', input.unit)
  checkTimes(input)

  const shift: Shift = { _id: newId(), county, ...input, version: 1 }
  const added = await inTransaction(by, async (tx) => {
    const unit = await units.find(county, input.unit, tx)
    if (!unit || isOver(unit, tx.at)) throw new DomainError('roster.unit', `No open unit ${input.unit}`)
    const person = await staff.find(county, input.staffId, tx)
    const roles = SHIFT_ROLES[input.part]
    const fits = person?.roles.some((held) => held.unit === input.unit && roles.includes(held.role)) ?? false
    if (!person || !fits || isOver(person, tx.at))
      throw new DomainError('roster.person', `This person cannot do ${input.part} in ${input.unit}`)
    await roster.insertShift(shift, tx)
    const { _id: shiftId, unit: place, line, staffId, part } = shift
    tx.announce(rosterFact('roster.shift_added', place, { shiftId, line, staffId, part }))
    return shiftView(shift)
  })
  roster.forget(county)
  return added
}

/**
 * Takes a shift off the roster from a moment on; never for the past, which stays as it was.
 *
 * @throws DomainError `roster.shift_not_found`, `roster.forbidden`, `roster.past`, `version.stale`
 */
export async function endShift(
  services: RosterServices,
  input: { readonly shiftId: string; readonly at?: Date | undefined },
  by: By,
): Promise<ShiftView> {
  const { roster, inTransaction } = services
  const { county } = by.actor
  const ended = await inTransaction(by, async (tx) => {
    const shift = await roster.findShift(county, input.shiftId, tx)
    if (!shift) throw new DomainError('roster.shift_not_found', `No shift ${input.shiftId}`)
    refuseRoster(by, 'roster.edit', shift.unit)
    const at = input.at ?? tx.at
    if (at < tx.at || isOver(shift, at)) throw new DomainError('roster.past', 'That time is over')
    if (!(await roster.endShift(shift, at, tx))) throw new DomainError('roster.busy', 'Somebody else changed it')
    tx.announce(
      rosterFact('roster.shift_ended', shift.unit, {
        shiftId: shift._id,
        staffId: shift.staffId,
        endsAt: at.toISOString(),
      }),
    )
    return shiftView({ ...shift, validTo: at, version: shift.version + 1 })
  })
  roster.forget(county)
  return ended
}

function checkTimes({ validFrom, validTo, pattern }: NewShift): void {
  const isBounded = validTo !== undefined || pattern !== undefined
  const isForward = validTo === undefined || validFrom < validTo
  const isPattern = !pattern || (pattern.days.length > 0 && minutesOf(pattern.from) !== minutesOf(pattern.to))
  if (!isBounded || !isForward || !isPattern) throw new DomainError('roster.times', 'The times do not fit together')
}
