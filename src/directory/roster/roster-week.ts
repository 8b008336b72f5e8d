import { chinaDay, startOfDay, startOfWeek } from '../../shared/china-day.ts'
import type { Span } from '../span.ts'
import type { DutyBook } from './on-duty.ts'
import type { Shift, ShiftPart } from './shift.ts'
import { SHIFT_PARTS, stretchesOf } from './shift.ts'

/** One person in one part, over the seven days of a week. */
export interface WeekRow {
  readonly part: ShiftPart
  readonly staffId: string
  /** For each day from Monday: the shifts that begin on it. */
  readonly days: readonly (readonly Span[])[]
}

const DAY_MS = 86_400_000

/** The days of a week, by the moments they begin. */
export function daysOfWeek(at: Date): readonly Date[] {
  const monday = startOfWeek(at).getTime()
  return Array.from({ length: 7 }, (_, index) => new Date(monday + index * DAY_MS))
}

/** A unit's week: duty officers first, then stand-ins, then second persons. */
export function weekOf(book: DutyBook, unit: string, at: Date): readonly WeekRow[] {
  const days = daysOfWeek(at)
  const shifts = book.shiftsOf(unit)
  return SHIFT_PARTS.flatMap((part) => {
    const ofPart = shifts.filter((shift) => shift.part === part)
    const people = [...new Set(ofPart.map(({ staffId }) => staffId))]
    const rows = people.map((staffId) => ({
      part,
      staffId,
      days: days.map((day) => beginningOn(ofPart, staffId, day)),
    }))
    return rows.filter((row) => row.days.some((spans) => spans.length > 0))
  })
}

/** Shifts of a person that begin on a day, whole, also where they end on the next. */
function beginningOn(shifts: readonly Shift[], staffId: string, day: Date): readonly Span[] {
  const around = { from: new Date(day.getTime() - DAY_MS), to: new Date(day.getTime() + 2 * DAY_MS) }
  const own = shifts.filter((shift) => shift.staffId === staffId)
  const begun = own.flatMap((shift) => stretchesOf(shift, around))
  const here = begun.filter(({ from }) => startOfDay(from).getTime() === day.getTime())
  return [...here].sort((one, other) => one.from.getTime() - other.from.getTime())
}

/** `20:00–08:00`; midnight at the end is 24:00. */
export function spanText({ from, to }: Span): string {
  const clock = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)
  const end = clock(to)
  return `${clock(from)}–${end === '00:00' && chinaDay(to) !== chinaDay(from) ? '24:00' : end}`
}
