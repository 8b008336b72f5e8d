import { chinaDay, dayPlus, momentOf, weekdayOf, yearOf } from '../shared/china-day.ts'
import type { Span } from './span.ts'

/** What differs from "Monday to Friday" in a year. Days are `YYYY-MM-DD`. */
export interface DayTable {
  readonly year: number
  readonly holidays: readonly string[]
  /** Days worked although they fall on a weekend. */
  readonly workdays: readonly string[]
  /** True when the year's table is complete; false for single days added to it. */
  readonly isWholeYear: boolean
}

/** Days and deadlines of one county. All arithmetic is in China's time, to the day. */
export interface WorkingCalendar {
  /**
   * When a span that starts at a moment ends.
   *
   * Minutes and hours run on. Calendar and working days end at 24:00 of the n-th such day after the day of the start, which is 00:00 of the
   * next day; the deadline is missed at that instant.
   */
  addTo(moment: Date, span: Span): Date
  isWorkingDay(day: string): boolean
  /** The day itself, or the last working day before it. */
  workingDayOnOrBefore(day: string): string
  /** The day itself, or the next working day after it. */
  workingDayOnOrAfter(day: string): string
  /**
   * A moment on the n-th working day after the last day of a deadline, or before it when n is negative: reminders and supervision.
   *
   * @param hour - of the day in China, 0 to 23
   */
  workingDayFromDue(dueAt: Date, n: number, hour: number): Date
  /** How much of a span is left: milliseconds become minutes rounded up; days are counted as `addTo` counts them. */
  leftUntil(moment: Date, dueAt: Date, unit: Span['unit']): Span
  /** Years between two moments whose table is not known, so that working days in them are only guessed from the weekday. */
  unknownYears(from: Date, to: Date): readonly number[]
}

/** Longest search for a working day. Days. A year without any is a mistake in the table. */
const LONGEST_BREAK_DAYS = 366

/** Builds a calendar. Later tables win over earlier ones: published ones first, then the nation's, then the county's own. */
export function workingCalendar(tables: readonly DayTable[]): WorkingCalendar {
  const known = new Set(tables.filter((table) => table.isWholeYear).map((table) => table.year))
  const exceptions = new Map<string, boolean>()
  for (const { holidays, workdays } of tables) {
    for (const day of holidays) exceptions.set(day, false)
    for (const day of workdays) exceptions.set(day, true)
  }

  const isWorkingDay = (day: string): boolean => exceptions.get(day) ?? isWeekday(day)

  const workingDay = (from: string, step: 1 | -1): string => {
    let day = from
    for (let tries = 0; !isWorkingDay(day); tries += 1) {
      if (tries > LONGEST_BREAK_DAYS) throw new RangeError(`No working day near ${from}`)
      day = dayPlus(day, step)
    }
    return day
  }

  /** The n-th working day after (or before) a day, which itself does not count. */
  const workingDaysFrom = (day: string, n: number): string => {
    const step = n < 0 ? -1 : 1
    let reached = day
    for (let left = Math.abs(n); left > 0; left -= 1) reached = workingDay(dayPlus(reached, step), step)
    return reached
  }

  return {
    addTo(moment, { n, unit }) {
      if (unit === 'MIN') return new Date(moment.getTime() + n * 60_000)
      if (unit === 'H') return new Date(moment.getTime() + n * 3_600_000)
      const start = chinaDay(moment)
      return endOf(unit === 'CD' ? dayPlus(start, n) : workingDaysFrom(start, n))
    },
    isWorkingDay,
    workingDayOnOrBefore: (day) => workingDay(day, -1),
    workingDayOnOrAfter: (day) => workingDay(day, 1),
    workingDayFromDue: (dueAt, n, hour) => momentOf(workingDaysFrom(lastDayOf(dueAt), n), hour),
    leftUntil(moment, dueAt, unit) {
      const leftMs = Math.max(0, dueAt.getTime() - moment.getTime())
      if (unit === 'MIN') return { n: Math.ceil(leftMs / 60_000), unit }
      if (unit === 'H') return { n: Math.ceil(leftMs / 3_600_000), unit }
      const [first, last] = [dayPlus(chinaDay(moment), 1), lastDayOf(dueAt)]
      return { n: daysBetween(first, last).filter((day) => unit === 'CD' || isWorkingDay(day)).length, unit }
    },
    unknownYears(from, to) {
      const [first, last] = [yearOf(chinaDay(from)), yearOf(lastDayOf(to))]
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).filter(
        (year) => !known.has(year),
      )
    },
  }
}

function isWeekday(day: string): boolean {
  const weekday = weekdayOf(day)
  return weekday !== 0 && weekday !== 6
}

/** 24:00 of a day. */
function endOf(day: string): Date {
  return momentOf(dayPlus(day, 1))
}

/** The last day on which something may still be done: a deadline at 00:00 belongs to the day before. */
function lastDayOf(dueAt: Date): string {
  return chinaDay(new Date(dueAt.getTime() - 1))
}

function daysBetween(first: string, last: string): string[] {
  const days: string[] = []
  for (let day = first; day <= last; day = dayPlus(day, 1)) days.push(day)
  return days
}
