/** China has kept UTC+8 all year since 1992, so a day there is plain arithmetic. Milliseconds. Source: IANA zone Asia/Shanghai. */
const OFFSET_MS = 8 * 3_600_000

const DAY_MS = 86_400_000

/** The moment a Chinese day began. */
export function startOfDay(at: Date): Date {
  return new Date(Math.floor((at.getTime() + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS)
}

/** Minutes since midnight in China, 0 to 1439. */
export function minuteOfDay(at: Date): number {
  return Math.floor((at.getTime() - startOfDay(at).getTime()) / 60_000)
}

/** 1 Monday to 7 Sunday, in China. */
export function weekdayOf(at: Date): number {
  const day = Math.floor((at.getTime() + OFFSET_MS) / DAY_MS)
  return ((day + 3) % 7) + 1
}

/** Midnight before the Monday of a Chinese week. */
export function startOfWeek(at: Date): Date {
  return new Date(startOfDay(at).getTime() - (weekdayOf(at) - 1) * DAY_MS)
}

/** `YYYY-MM-DD` in China. */
export function dayText(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10)
}

/** The moment a day given as `YYYY-MM-DD` begins in China. */
export function dayFromText(text: string): Date {
  return new Date(`${text}T00:00:00+08:00`)
}
