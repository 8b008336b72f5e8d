/** China keeps one time without summer time. Milliseconds ahead of UTC. */
const OFFSET_MS = 8 * 3_600_000

/** The calendar day in China of a moment: `2026-11-29`. */
export function chinaDay(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10)
}

/** The month in China of a moment: `2026-11`. */
export function chinaMonth(at: Date): string {
  return chinaDay(at).slice(0, 7)
}
