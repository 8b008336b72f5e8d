/** China has kept UTC+8 all year since 1992, so a day there is plain arithmetic. Milliseconds. Source: IANA zone Asia/Shanghai. */
const OFFSET_MS = 8 * 3_600_000

const DAY_MS = 86_400_000

/** The calendar day in China of a moment: `2026-11-29`. */
export function chinaDay(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10)
}

/** The month in China of a moment: `2026-11`. */
export function chinaMonth(at: Date): string {
  return chinaDay(at).slice(0, 7)
}

/** The year in China of a moment. */
export function chinaYear(at: Date): number {
  return yearOf(chinaDay(at))
}

/** Days since 1970-01-01 in China. */
export function chinaDayNumber(at: Date): number {
  return Math.floor((at.getTime() + OFFSET_MS) / DAY_MS)
}

/** The moment at which a day begins in China, with hours added. @param day - `YYYY-MM-DD` */
export function momentOf(day: string, hour = 0): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MS + hour * 3_600_000)
}

/** The day so many days later (or earlier). @param day - `YYYY-MM-DD` */
export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** 0 is Sunday. @param day - `YYYY-MM-DD` */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/** The year of a day. @param day - `YYYY-MM-DD` */
export function yearOf(day: string): number {
  return Number(day.slice(0, 4))
}

/** The moment a Chinese day began. */
export function startOfDay(at: Date): Date {
  return new Date(chinaDayNumber(at) * DAY_MS - OFFSET_MS)
}

/** Minutes since midnight in China, 0 to 1439. */
export function minuteOfDay(at: Date): number {
  return Math.floor((at.getTime() - startOfDay(at).getTime()) / 60_000)
}

/** 1 Monday to 7 Sunday, in China. Source: ISO 8601. */
export function isoWeekdayOf(at: Date): number {
  return ((chinaDayNumber(at) + 3) % 7) + 1
}

/** Midnight before the Monday of a Chinese week. */
export function startOfWeek(at: Date): Date {
  return new Date(startOfDay(at).getTime() - (isoWeekdayOf(at) - 1) * DAY_MS)
}
