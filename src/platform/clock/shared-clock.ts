import type { Redis } from 'ioredis'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import { channelName } from '../redis/index.ts'

/** One frozen clock for all processes of a test installation. It stands still until somebody moves it, forward only. */
export interface SharedClock extends Clock {
  /**
   * Moves the clock and waits until every process that listens shows the new time.
   *
   * @throws DomainError `clock.backward` for a moment before the present one
   */
  setClock(at: Date): Promise<Date>
  /** @param seconds - 0 or more */
  advance(seconds: number): Promise<Date>
  close(): Promise<void>
}

export interface SharedClockNeeds {
  readonly redis: Redis
  /** A connection of its own, for listening. */
  readonly subscriber: Redis
  /** Separates installations on one Redis. */
  readonly name?: string
  /** What the first process starts with. The machine's time unless said. */
  readonly startAt?: Date
}

/** How long a move waits for the other processes. Milliseconds. A process that died has its connection closed long before. */
const WAIT_MS = 2_000

/** How often the time is read without being told, in case a message was lost with its connection. Milliseconds. */
const READ_AGAIN_MS = 1_000

/** Answers `{accepted, time}`: moves forward only, so that two who move at once cannot turn it back. */
const MOVE = `
local now = tonumber(redis.call('GET', KEYS[1]) or '0')
local to = tonumber(ARGV[1])
if to < now then return {0, now} end
redis.call('SET', KEYS[1], ARGV[1])
return {1, to}`

/** Joins the shared clock, and starts it when nobody has. */
export async function createSharedClock(needs: SharedClockNeeds): Promise<SharedClock> {
  const { redis, subscriber, name = 'clock', startAt = new Date() } = needs
  const [key, channel] = [`${name}:now`, channelName(redis, `${name}:moved`)]
  let nowMs = 0

  const see = (ms: number): void => {
    if (ms > nowMs) nowMs = ms
  }
  const readAgain = async (): Promise<void> => see(Number(await redis.get(key)))

  subscriber.on('message', (heardOn: string, message: string) => {
    if (heardOn !== channel) return
    const [to, ackKey] = message.split(' ')
    see(Number(to))
    if (ackKey) acknowledge(ackKey)
  })
  const acknowledge = (ackKey: string): void => {
    redis
      .multi()
      .incr(ackKey)
      .pexpire(ackKey, 10 * WAIT_MS)
      .exec()
      .catch(() => undefined)
  }

  await subscriber.subscribe(channel)
  await redis.set(key, startAt.getTime(), 'NX')
  await readAgain()
  const timer = setInterval(() => void readAgain().catch(() => undefined), READ_AGAIN_MS)
  timer.unref()

  const setClock = async (at: Date): Promise<Date> => {
    const to = at.getTime()
    const [accepted, present] = (await redis.eval(MOVE, 1, key, to)) as [number, number]
    see(present)
    if (accepted !== 1) throw new DomainError('clock.backward', 'The clock only moves forward', { now: isoOf(present) })
    const ackKey = `${name}:ack:${to}`
    const listeners = await redis.publish(channel, `${to} ${ackKey}`)
    await untilShown(redis, ackKey, listeners)
    return new Date(to)
  }

  return {
    now: () => new Date(nowMs),
    setClock,
    advance: (seconds) => setClock(new Date(nowMs + seconds * 1000)),
    async close() {
      clearInterval(timer)
      await subscriber.unsubscribe(channel)
    },
  }
}

/** Waits until so many processes said that they show the new time; one that is gone is not waited for for ever. */
async function untilShown(redis: Redis, ackKey: string, listeners: number): Promise<void> {
  const until = performance.now() + WAIT_MS
  while (performance.now() < until) {
    if (Number(await redis.get(ackKey)) >= listeners) return
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}
