import { keepDoing } from '../platform/keep-doing.ts'
import type { RecheckServices } from './recheck-guessed-years.ts'
import { recheckGuessedYears } from './recheck-guessed-years.ts'
import type { SweepServices } from './sweep-deadlines.ts'
import { sweepDeadlines } from './sweep-deadlines.ts'

export interface KeepFiringServices extends SweepServices, RecheckServices {
  /** The counties served. */
  readonly counties: () => Promise<readonly string[]>
  readonly log: SweepServices['log']
}

/** How often all clocks are looked at. Milliseconds. */
const SWEEP_MS = 1_000

/** How often clocks in years without a holiday table are looked at. Milliseconds. */
const RECHECK_MS = 10 * 60_000

/**
 * Keeps deadlines firing as long as the process lives: a sweep each second, one at a time.
 *
 * @returns stops it and waits for the sweep under way
 */
export function keepFiring(services: KeepFiringServices): () => Promise<void> {
  const { log, counties } = services
  const onError = (error: unknown): void => log.warn({ err: error }, 'deadlines are held up; trying again')
  const sweep = async (): Promise<unknown> => sweepDeadlines(services, await counties())
  const recheck = async (): Promise<void> => {
    for (const county of await counties()) await recheckGuessedYears(services, county)
  }
  const stops = [keepDoing(sweep, SWEEP_MS, onError), keepDoing(recheck, RECHECK_MS, onError)]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}
