import { keepDoing } from '../platform/keep-doing.ts'
import type { Clock } from '../shared/clock.ts'
import type { NoticeStore } from './notice-store.ts'
import type { SendLater } from './plan-notices.ts'

export interface SendWaitingServices {
  readonly notices: NoticeStore
  readonly clock: Clock
  readonly sendLater: SendLater
}

/** A notice whose job is alive leaves within seconds; one that waits longer may have lost it. Milliseconds. */
const LOST_AFTER_MS = 120_000

/** What is older helps nobody any more and stands on the screen. Milliseconds, a day. */
const TOO_OLD_MS = 86_400_000

/** Most that are asked for in one look. */
const AT_ONCE = 200

/**
 * Asks again for texts and begun calls that wait although their job should have run: the queue lost it, or died before it was asked. A job that is
 * still there is not added twice, and a notice that went out meanwhile is not sent again.
 *
 * @returns how many were asked for
 */
export async function sendWaiting(services: SendWaitingServices, county: string): Promise<number> {
  const now = services.clock.now().getTime()
  const span = { from: new Date(now - TOO_OLD_MS), to: new Date(now - LOST_AFTER_MS) }
  const waiting = await services.notices.waiting(county, span, AT_ONCE)
  for (const { id } of waiting) await services.sendLater({ county, id })
  return waiting.length
}

/** How often waiting notices are looked at. Milliseconds of real time. */
const LOOK_MS = 60_000

/**
 * Keeps asking as long as the process lives.
 *
 * @returns stops it and waits for the look under way
 */
export function keepSending(
  services: SendWaitingServices & {
    readonly counties: () => Promise<readonly string[]>
    readonly log: { warn(details: object, message: string): void }
  },
): () => Promise<void> {
  const look = async (): Promise<void> => {
    for (const county of await services.counties()) await sendWaiting(services, county)
  }
  return keepDoing(look, LOOK_MS, (error) =>
    services.log.warn({ err: error }, 'waiting notices could not be looked at; trying again'),
  )
}
