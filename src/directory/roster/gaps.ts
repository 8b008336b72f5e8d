import type { DutyBook } from './on-duty.ts'
import { rosterOf } from './on-duty.ts'
import type { Span } from '../span.ts'
import { joinSpans } from '../span.ts'
import type { Shift } from './shift.ts'
import { stretchesOf } from './shift.ts'

/** A time in which nobody on the roster is there. */
export interface Gap extends Span {
  readonly unit: string
  readonly line?: string
}

/**
 * When a unit has neither a duty officer, nor a substitute, nor a stand-in on its roster.
 *
 * Who is there changes only where a shift, an absence or somebody's time on the staff begins or ends, so one look between each two of these
 * moments is enough.
 *
 * @param hours - of a hotline: when it is open; all the time when left out
 */
export function gapsOf(
  book: DutyBook,
  place: { readonly unit: string; readonly line?: string },
  span: Span,
  hours: (span: Span) => readonly Span[] = (all) => [all],
): readonly Gap[] {
  const gaps = hours(span).flatMap((open) => emptyParts(book, place, open))
  return joinSpans(gaps).map((gap) => ({ ...place, ...gap }))
}

function emptyParts(book: DutyBook, place: { unit: string; line?: string }, open: Span): Span[] {
  const moments = momentsOf(book, book.shiftsOf(place.unit), open)
  const parts = moments.map((from, index) => ({ from, to: moments[index + 1] ?? open.to }))
  return parts.filter(({ from }) => rosterOf(book, place.unit, from, place.line).length === 0)
}

/** Every moment of the span at which the answer may change, in order. */
function momentsOf(book: DutyBook, shifts: readonly Shift[], span: Span): Date[] {
  const people = new Set(shifts.map(({ staffId }) => staffId))
  for (const staffId of people)
    for (const { substituteId } of book.absencesOf(staffId)) if (substituteId !== undefined) people.add(substituteId)
  const ends = [
    ...shifts.flatMap((shift) => stretchesOf(shift, span)),
    ...[...people].flatMap((staffId) => book.absencesOf(staffId)),
    ...[...people].flatMap((staffId) => timeOnStaff(book, staffId)),
  ].flatMap(({ from, to }) => [from.getTime(), to.getTime()])
  const inside = ends.filter((moment) => moment > span.from.getTime() && moment < span.to.getTime())
  return [...new Set([span.from.getTime(), ...inside])].sort((one, other) => one - other).map((ms) => new Date(ms))
}

function timeOnStaff(book: DutyBook, staffId: string): Span[] {
  const person = book.staff.get(staffId)
  return person ? [{ from: person.validFrom, to: person.validTo ?? person.validFrom }] : []
}
