import type { StaffBook } from '../staff/staff-book.ts'
import type { UnitBook } from '../units/unit-book.ts'
import type { Absence } from './absence.ts'
import type { DutyBook } from './on-duty.ts'
import type { Shift } from './shift.ts'

/** Shifts by unit and absences by person. */
export type RosterPart = Pick<DutyBook, 'shiftsOf' | 'absencesOf'>

/** Sorts shifts and absences for quick questions. */
export function createRosterPart(shifts: readonly Shift[], absences: readonly Absence[]): RosterPart {
  const byUnit = grouped(shifts, ({ unit }) => unit)
  const byPerson = grouped(absences, ({ staffId }) => staffId)
  return {
    shiftsOf: (unit) => byUnit.get(unit) ?? [],
    absencesOf: (staffId) => byPerson.get(staffId) ?? [],
  }
}

/** Puts a county's units, staff, shifts and absences together. */
export function createDutyBook(parts: {
  readonly county: string
  readonly units: UnitBook
  readonly staff: StaffBook
  readonly shifts: readonly Shift[]
  readonly absences: readonly Absence[]
}): DutyBook {
  const { county, units, staff, shifts, absences } = parts
  return { county, units, staff, ...createRosterPart(shifts, absences) }
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
