/** China keeps one time without summer time. Milliseconds ahead of UTC. */
const OFFSET_MS = 8 * 3_600_000

const DAY_MS = 86_400_000

/** The calendar day in China of a moment, `YYYY-MM-DD`. */
export function chinaDay(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10)
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

/** The year of a day. */
export function yearOf(day: string): number {
  return Number(day.slice(0, 4))
}
