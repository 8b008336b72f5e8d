import { z } from 'zod'
import { daysField, timeField } from './fields.ts'
import type { WeeklyPattern } from './weekly-pattern.ts'
import { minutesOf } from './weekly-pattern.ts'

const optionalTime = z.preprocess((value) => (value === '' ? undefined : value), timeField.optional())

/** Hours as a page's form sends them: two lines of days and times, so that a lunch break fits. */
export const hoursFields = {
  days1: daysField,
  from1: optionalTime,
  to1: optionalTime,
  days2: daysField,
  from2: optionalTime,
  to2: optionalTime,
  /** There is more than two lines can say; leave the hours as they are. */
  keepHours: z.literal('1').optional(),
}

/** What these fields give. */
export interface HoursValues {
  readonly days1: readonly number[]
  readonly from1?: string | undefined
  readonly to1?: string | undefined
  readonly days2: readonly number[]
  readonly from2?: string | undefined
  readonly to2?: string | undefined
  readonly keepHours?: '1' | undefined
}

/** Most lines the page can show. */
const LINES = 2

/**
 * The patterns of the fields; a line without days counts as empty.
 *
 * @param stored - what stands there, for hours the page cannot show
 * @returns undefined when a line lacks a time, or begins and ends at the same
 */
export function hoursFrom(values: HoursValues, stored: readonly WeeklyPattern[] = []): WeeklyPattern[] | undefined {
  if (values.keepHours) return [...stored]
  const lines = [
    { days: values.days1, from: values.from1, to: values.to1 },
    { days: values.days2, from: values.from2, to: values.to2 },
  ].filter(({ days }) => days.length > 0)
  const whole = lines.flatMap(({ days, from, to }) =>
    from !== undefined && to !== undefined && minutesOf(from) !== minutesOf(to) ? [{ days, from, to }] : [],
  )
  return whole.length === lines.length ? whole : undefined
}

/** Stored hours as values of the fields. */
export function hoursValues(hours: readonly WeeklyPattern[]): Record<string, unknown> {
  if (hours.length > LINES) return { keepHours: '1' }
  return Object.fromEntries<unknown>(
    hours.flatMap(({ days, from, to }, index) => [
      [`days${index + 1}`, days.map(String)],
      [`from${index + 1}`, from],
      [`to${index + 1}`, to],
    ]),
  )
}

/** Hours in words: 周一至周五 08:30–17:30. */
export function hoursText(
  hours: readonly WeeklyPattern[],
  t: (key: string, params?: Record<string, unknown>) => string,
): string {
  if (hours.length === 0) return t('directory:hours.always')
  return hours
    .map(({ days, from, to }) => t('directory:hours.line', { days: daysText(days, t), from, to }))
    .join(t('directory:comma'))
}

/** Days in words: 每天, 周一至周五, 周一、周三. */
export function daysText(
  days: readonly number[],
  t: (key: string, params?: Record<string, unknown>) => string,
): string {
  const sorted = [...days].sort()
  const first = sorted[0] ?? 1
  const last = sorted.at(-1) ?? 7
  if (sorted.length === 7) return t('directory:hours.everyDay')
  const word = (day: number) => t(`directory:weekdays.${day}`)
  if (sorted.length > 2 && last - first === sorted.length - 1)
    return t('directory:hours.range', { first: word(first), last: word(last) })
  return sorted.map(word).join(t('directory:comma'))
}

/** The seven days as choices. */
export function dayOptions(t: (key: string) => string): { value: string; text: string }[] {
  return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), text: t(`directory:weekdays.${day}`) }))
}
