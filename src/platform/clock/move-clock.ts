import { DomainError } from '../../shared/errors.ts'
import type { SharedClock } from './shared-clock.ts'

/** What follows from time passing, as far as the platform has to know. */
export interface TimePassing {
  /** When something has to happen next, at the latest `until`; undefined when nothing has. */
  nextDueAt(until: Date): Promise<Date | undefined>
  /** Does everything that is due now and announces it; resolves when nothing is left to do at this moment. */
  settle(): Promise<void>
}

/** Most moments at which the clock stops on its way. More than any story has; fewer than would never end. */
const MOST_STOPS = 5_000

/** Where to: a moment, or so many seconds on. */
export type Move = { readonly at: Date } | { readonly advanceSeconds: number }

/** Moves the clock of a test installation as if time had passed. */
export interface ClockMover {
  now(): Date
  /**
   * Stops at every moment at which something is due, in order, lets it happen and everything that follows from it, and ends at the target.
   *
   * @throws DomainError `clock.backward`, `clock.stuck` when something due does not get done, `clock.too_many_stops`
   */
  move(to: Move): Promise<Date>
}

/** One move at a time; a second waits for the first. */
export function createClockMover(clock: SharedClock, time: TimePassing): ClockMover {
  let before: Promise<unknown> = Promise.resolve()

  const moveTo = async (target: Date): Promise<Date> => {
    if (target < clock.now())
      throw new DomainError('clock.backward', 'The clock only moves forward', { now: clock.now().toISOString() })
    await time.settle()
    let undone: number | undefined
    for (let stops = 0; ; stops += 1) {
      const next = await time.nextDueAt(target)
      if (next === undefined || next > target) break
      if (stops === MOST_STOPS) throw new DomainError('clock.too_many_stops', 'Move the clock in smaller steps')
      if (next.getTime() === undone)
        throw new DomainError('clock.stuck', `What is due at ${next.toISOString()} stays undone`)
      if (next > clock.now()) await clock.setClock(next)
      await time.settle()
      undone = next.getTime()
    }
    if (target > clock.now()) await clock.setClock(target)
    await time.settle()
    return clock.now()
  }

  return {
    now: () => clock.now(),
    move: (to) => {
      const moved = before.then(() =>
        moveTo('at' in to ? to.at : new Date(clock.now().getTime() + to.advanceSeconds * 1000)),
      )
      before = moved.catch(() => undefined)
      return moved
    },
  }
}
