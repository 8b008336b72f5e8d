import type { Clock } from '../shared/clock.ts'
import type { WaitingDeadline } from './deadline-store.ts'
import type { FireDeadlineServices } from './fire-deadline.ts'
import { fireDue } from './fire-due.ts'

/** A job that wakes one clock. */
export type WakeDeadline = Pick<WaitingDeadline, '_id' | 'county' | 'version'>

export interface SweepServices extends FireDeadlineServices {
  readonly clock: Clock
  /** Asks for a clock to be fired after a delay, once however often it is asked. May fail: the next sweep sees the clock again. */
  readonly wakeDeadline: (job: WakeDeadline, delayMs: number) => Promise<void>
  readonly log: { warn(details: object, message: string): void; error(details: object, message: string): void }
}

/** How far ahead a sweep asks for wake-ups. Milliseconds. Longer than a few missed sweeps. */
const LOOK_AHEAD_MS = 10_000

/** Overdue by more than this, a clock was not woken: the sweep fires it itself. Milliseconds. */
const LOST_AFTER_MS = 2_000

/** Most wake-ups asked for in one sweep; the rest comes with the next. */
const MOST_WAKE_UPS = 500

/**
 * Looks at all clocks of some counties: those soon due get a wake-up, those whose wake-up was lost fire here and now.
 *
 * The database is the truth. Without Redis everything still fires, up to two seconds late.
 */
export async function sweepDeadlines(services: SweepServices, counties: readonly string[]): Promise<void> {
  const { deadlineStore, clock, wakeDeadline, log } = services
  const now = clock.now()
  const waiting = await deadlineStore.waiting(counties, after(now, LOOK_AHEAD_MS), MOST_WAKE_UPS)
  const lost = waiting.filter(({ nextAt }) => nextAt <= after(now, -LOST_AFTER_MS))
  for (const deadline of waiting.slice(lost.length)) {
    const { _id, county, version, nextAt } = deadline
    wakeDeadline({ _id, county, version }, Math.max(0, nextAt.getTime() - now.getTime())).catch((error: unknown) =>
      log.warn({ err: error, deadline: _id }, 'no wake-up for a deadline; the sweep will fire it'),
    )
  }
  if (lost.length > 0) await fireDue(services, [...new Set(lost.map(({ county }) => county))])
}

function after(moment: Date, ms: number): Date {
  return new Date(moment.getTime() + ms)
}
