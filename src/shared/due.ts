/** How far a moment is away, in the few words people use for it. */
export type DueSpan = 'moment' | 'minutes' | 'hours_minutes' | 'hours' | 'days'

/** A due time seen from now: before or after it, and by how much. Words: `common:due.<side>.<span>`. */
export interface Due {
  readonly side: 'in' | 'over'
  readonly span: DueSpan
  /** Whole days, hours and minutes left or gone by; never rounded up, so that nothing is promised that is not there. */
  readonly days: number
  readonly hours: number
  readonly minutes: number
  /** `calm`, then `soon` shortly before the due time, `over` from that instant on. */
  readonly tone: 'calm' | 'soon' | 'over'
}

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

/** From when on a clock is called "soon" unless the page says otherwise. Minutes. */
export const SOON_MINUTES = 30

/**
 * Compares a due time with now. The server and the browser's ticker both use it, so their words agree.
 *
 * A deadline is missed at its very instant (interface, "24:00" rule).
 *
 * @param dueAtMs - due time, milliseconds since 1970
 * @param nowMs - now, milliseconds since 1970
 * @param soonMinutes - from when on it is soon, minutes
 */
export function dueFrom(dueAtMs: number, nowMs: number, soonMinutes: number = SOON_MINUTES): Due {
  const leftMs = dueAtMs - nowMs
  const minutes = Math.floor(Math.abs(leftMs) / MINUTE_MS)
  const over = leftMs <= 0
  return {
    side: over ? 'over' : 'in',
    span: spanOf(minutes),
    days: Math.floor(minutes / DAY_MINUTES),
    hours: Math.floor(minutes / 60),
    minutes: minutes < 60 ? minutes : minutes % 60,
    tone: over ? 'over' : minutes < soonMinutes ? 'soon' : 'calm',
  }
}

/** Minutes below an hour, hours with minutes below ten, hours below two days, then days. */
function spanOf(minutes: number): DueSpan {
  if (minutes < 1) return 'moment'
  if (minutes < 60) return 'minutes'
  if (minutes < 600 && minutes % 60 !== 0) return 'hours_minutes'
  if (minutes < 2 * DAY_MINUTES) return 'hours'
  return 'days'
}
