import type { Redis } from 'ioredis'
import { channelName } from '../platform/redis/index.ts'
import type { Announcer } from './announcer.ts'

/** Channel on which a commit wakes the announcer. */
const WAKE = 'outbox:wake'

/** How often the outbox is looked at without being woken. Milliseconds. */
const POLL_MS = 1_000

/** Wakes the announcer after a commit; a lost wake-up only costs the poll's delay. */
export function createWake(redis: Redis): (county: string) => void {
  return (county) => {
    redis.publish(channelName(redis, WAKE), county).catch(() => undefined)
  }
}

/**
 * Keeps announcing: when woken, and every second for all counties in case a wake-up was lost.
 *
 * @param subscriber - a Redis connection of its own
 * @param counties - the counties served
 * @returns stops it and waits for what is under way
 */
export async function keepAnnouncing(
  announcer: Announcer,
  subscriber: Redis,
  counties: () => Promise<readonly string[]>,
  onError: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const announce = (county: string): void => void announcer.announceAll(county).catch(onError)
  subscriber.on('message', (_channel, county: string) => announce(county))
  await subscriber.subscribe(channelName(subscriber, WAKE))
  const timer = setInterval(() => {
    counties().then((all) => all.forEach(announce), onError)
  }, POLL_MS)
  return async () => {
    clearInterval(timer)
    await announcer.stop()
  }
}
