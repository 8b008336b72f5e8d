import { createRequire } from 'node:module'
import { z } from 'zod'
import type { DayTable } from './working-calendar.ts'

const tableSchema = z.object({
  holidays: z.record(z.string(), z.string()),
  workdays: z.record(z.string(), z.string()),
})

/**
 * The State Council's published holidays and make-up working days, 2004 to the last year the package `chinese-days` carries.
 *
 * Its table is read, not its functions: those read a day in the time zone of the process and answer "Friday, working" for years they have
 * no table of.
 */
export function publishedHolidays(): readonly DayTable[] {
  const { holidays, workdays } = tableSchema.parse(
    createRequire(import.meta.url)('chinese-days/dist/chinese-days.json'),
  )
  const years = [...new Set(Object.keys(holidays).map((day) => Number(day.slice(0, 4))))].sort()
  const of = (year: number, days: object): string[] => Object.keys(days).filter((day) => day.startsWith(`${year}-`))
  return years.map((year) => ({
    year,
    holidays: of(year, holidays),
    workdays: of(year, workdays),
    isWholeYear: true,
  }))
}
