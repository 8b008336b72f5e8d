import type { Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { StaffStore } from '../staff/staff-store.ts'
import { isOver } from '../validity.ts'
import type { Absence } from './absence.ts'
import type { RosterServices } from './add-shift.ts'
import { rosterFact } from './roster-events.ts'
import { refuseRoster } from './roster-subject.ts'
import type { AbsenceView } from './shift-view.ts'
import { absenceView } from './shift-view.ts'

/** What a new absence is made of. */
export type NewAbsence = Omit<Absence, '_id' | 'county' | 'version'>

/**
 * Records that somebody cannot do their shifts. Everybody may say so for themselves: a sick officer must not wait for the head.
 *
 * @throws DomainError `roster.forbidden`, `roster.person`, `roster.times`, `roster.substitute`
 */
export async function addAbsence(services: RosterServices, input: NewAbsence, by: By): Promise<AbsenceView> {
  const { roster, staff, inTransaction } = services
  const { county, staffId } = by.actor
  if (input.staffId !== staffId) refuseRoster(by, 'roster.edit', input.unit)
  if (input.to <= input.from) throw new DomainError('roster.times', 'The end lies before the beginning')

  const absence: Absence = { _id: newId(), county, ...input, version: 1 }
  const added = await inTransaction(by, async (tx) => {
    await checkHoldsRole(staff, tx, input.staffId, input.unit, 'roster.person')
    if (input.substituteId !== undefined) await checkSubstitute(staff, tx, absence, input.substituteId)
    await roster.insertAbsence(absence, tx)
    const { _id: absenceId, staffId: away, substituteId } = absence
    tx.announce(rosterFact('roster.absence_added', absence.unit, { absenceId, staffId: away, substituteId }))
    return absenceView(absence)
  })
  roster.forget(county)
  return added
}

/**
 * Ends an absence earlier, or names who takes the shifts.
 *
 * @throws DomainError `roster.absence_not_found`, `roster.forbidden`, `roster.past`, `roster.substitute`, `roster.busy`
 */
export async function changeAbsence(
  services: RosterServices,
  input: { readonly absenceId: string; readonly to?: Date | undefined; readonly substituteId?: string | undefined },
  by: By,
): Promise<AbsenceView> {
  const { roster, staff, inTransaction } = services
  const { county } = by.actor
  const changed = await inTransaction(by, async (tx) => {
    const absence = await roster.findAbsence(county, input.absenceId, tx)
    if (!absence) throw new DomainError('roster.absence_not_found', `No absence ${input.absenceId}`)
    if (absence.staffId !== by.actor.staffId) refuseRoster(by, 'roster.edit', absence.unit)
    const { to, substituteId } = input
    if (absence.to <= tx.at || (to && to < tx.at)) throw new DomainError('roster.past', 'That time is over')
    if (substituteId !== undefined) await checkSubstitute(staff, tx, absence, substituteId)
    const change = { ...(to ? { to } : {}), ...(substituteId === undefined ? {} : { substituteId }) }
    if (!(await roster.changeAbsence(absence, change, tx)))
      throw new DomainError('roster.busy', 'Somebody else changed it')
    tx.announce(rosterFact('roster.absence_changed', absence.unit, { absenceId: absence._id, substituteId }))
    return absenceView({ ...absence, ...change, version: absence.version + 1 })
  })
  roster.forget(county)
  return changed
}

async function checkSubstitute(staff: StaffStore, tx: Tx, absence: Absence, substituteId: string): Promise<void> {
  if (substituteId === absence.staffId) throw new DomainError('roster.substitute', 'Nobody stands in for himself')
  await checkHoldsRole(staff, tx, substituteId, absence.unit, 'roster.substitute')
}

async function checkHoldsRole(staff: StaffStore, tx: Tx, staffId: string, unit: string, code: string): Promise<void> {
  const person = await staff.find(tx.county, staffId, tx)
  const isThere = person?.roles.some((held) => held.unit === unit) ?? false
  if (!person || !isThere || isOver(person, tx.at)) throw new DomainError(code, `${staffId} holds no role in ${unit}`)
}
