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
  const sweep = alone(async () => sweepDeadlines(services, await counties()))
  const recheck = alone(async () => {
    for (const county of await counties()) await recheckGuessedYears(services, county)
  })
  const onError = (error: unknown): void => log.warn({ err: error }, 'deadlines are held up; trying again')
  const timers = [
    setInterval(() => void sweep().catch(onError), SWEEP_MS),
    setInterval(() => void recheck().catch(onError), RECHECK_MS),
  ]
  void recheck().catch(onError)
  return async () => {
    timers.forEach(clearInterval)
    await Promise.allSettled([sweep.running(), recheck.running()])
  }
}

/** Work that is not begun again while it runs. */
function alone(work: () => Promise<unknown>): (() => Promise<unknown>) & { running(): Promise<unknown> } {
  let current: Promise<unknown> | undefined
  const begin = (): Promise<unknown> => {
    current ??= work().finally(() => (current = undefined))
    return current
  }
  return Object.assign(begin, { running: () => current ?? Promise.resolve() })
}
