import type { Router } from 'express'
import { fireDue, nextDueAt } from '../deadlines/index.ts'
import { isAllTold } from '../journal/index.ts'
import type { SharedClock } from '../platform/clock/index.ts'
import { createClockMover } from '../platform/clock/index.ts'
import { testClockRouter } from '../platform/http/index.ts'
import type { Services } from './services.ts'

/** Longest wait for the worker to announce everything. Milliseconds. */
const SETTLE_MS = 30_000

/** The test clock's routes: moving it fires what falls due on the way and waits until all of it is announced. */
export function testClock(services: Services, clock: SharedClock): Router {
  return testClockRouter(
    createClockMover(clock, {
      nextDueAt: async (until) => nextDueAt(services, await services.counties(), until),
      settle: () => settle(services),
    }),
  )
}

/**
 * Fires what is due and waits for what follows from it.
 *
 * The worker fires too: it is over when nothing is due and then nothing waits to be announced, not when we fired nothing.
 */
async function settle(services: Services): Promise<void> {
  const counties = await services.counties()
  await untilAnnounced(services)
  do {
    await fireDue(services, counties)
    await untilAnnounced(services)
  } while (await nextDueAt(services, counties, services.clock.now()))
}

async function untilAnnounced({ connection }: Services): Promise<void> {
  const until = performance.now() + SETTLE_MS
  while (!(await isAllTold(connection))) {
    if (performance.now() > until) throw new Error('The worker does not announce: is it running?')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
