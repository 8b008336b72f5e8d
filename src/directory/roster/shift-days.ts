import type { WeeklyPattern } from '../weekly-pattern.ts'
import { minutesOf } from '../weekly-pattern.ts'

/** Days and times as people write a roster. */
export interface ShiftDays {
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
  /** Beginning of the first day. */
  readonly firstDay: Date
  /** Beginning of the last day on which a shift begins; left out for "until further notice". */
  readonly lastDay?: Date | undefined
}

const DAY_MINUTES = 1_440

/**
 * The pattern and its bounds. A night that begins on the last day still runs to its end on the next morning, and the morning of the first day
 * belongs to the night before it.
 */
export function shiftTimes({ days, from, to, firstDay, lastDay }: ShiftDays): {
  pattern: WeeklyPattern
  validFrom: Date
  validTo?: Date
} {
  const begin = minutesOf(from)
  const end = minutesOf(to) > begin ? minutesOf(to) : minutesOf(to) + DAY_MINUTES
  const later = (day: Date, minutes: number) => new Date(day.getTime() + minutes * 60_000)
  return {
    pattern: { days, from, to },
    validFrom: later(firstDay, begin),
    ...(lastDay ? { validTo: later(lastDay, end) } : {}),
  }
}
