import type { Source } from './source.ts'
import type { DayTable } from './working-calendar.ts'

/** Holidays and make-up days a county or the nation added to the published ones. Added, never changed; the latest of a year wins. */
export interface CalendarTable extends DayTable {
  readonly _id: string
  /** County, or `CN` for everybody. */
  readonly county: string
  readonly source: Source
  readonly recordedAt: Date
  readonly recordedBy: string
}

/** Tables in the order in which they overrule each other: wider before narrower, earlier before later. */
export function inOrder(tables: readonly CalendarTable[], owners: readonly string[]): CalendarTable[] {
  return [...tables].sort(
    (a, b) => owners.indexOf(a.county) - owners.indexOf(b.county) || a.recordedAt.getTime() - b.recordedAt.getTime(),
  )
}
