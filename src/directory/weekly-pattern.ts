import { minuteOfDay, startOfDay, isoWeekdayOf } from '../shared/china-day.ts'
import type { Span } from './span.ts'
import { cut } from './span.ts'

/** A time of day that comes back every week, e.g. 20:00 to 08:00 on working days. Chinese time. */
export interface WeeklyPattern {
  /** Days on which it begins: 1 Monday to 7 Sunday. */
  readonly days: readonly number[]
  /** `HH:MM` */
  readonly from: string
  /** `HH:MM`, `24:00` for midnight; not later than `from` means the next day. */
  readonly to: string
}

const DAY_MINUTES = 1_440
const DAY_MS = DAY_MINUTES * 60_000

/** Whether a moment lies within the pattern. */
export function isInPattern({ days, from, to }: WeeklyPattern, at: Date): boolean {
  const minute = minuteOfDay(at)
  const begin = minutesOf(from)
  const end = minutesOf(to)
  const today = isoWeekdayOf(at)
  const yesterday = today === 1 ? 7 : today - 1
  if (end > begin) return days.includes(today) && minute >= begin && minute < end
  return (days.includes(today) && minute >= begin) || (days.includes(yesterday) && minute < end)
}

/** Every stretch of the pattern that touches a span, cut to it, in order of time. */
export function patternStretches({ days, from, to }: WeeklyPattern, span: Span): readonly Span[] {
  const begin = minutesOf(from)
  const end = minutesOf(to) > begin ? minutesOf(to) : minutesOf(to) + DAY_MINUTES
  const stretches: Span[] = []
  for (let day = startOfDay(span.from).getTime() - DAY_MS; day < span.to.getTime(); day += DAY_MS) {
    if (!days.includes(isoWeekdayOf(new Date(day)))) continue
    const whole = { from: new Date(day + begin * 60_000), to: new Date(day + end * 60_000) }
    const inside = cut(whole, span)
    if (inside) stretches.push(inside)
  }
  return stretches
}

/** Minutes since midnight of a time of day. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
