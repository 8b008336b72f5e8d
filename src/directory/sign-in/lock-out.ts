import type { Redis } from 'ioredis'
import { createHash } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import { accountKey } from '../staff/staff.ts'

/** Who tries to sign in, and from where. */
export interface SignInAttempt {
  /** As typed; need not exist. */
  readonly account: string
  /** Network address; for IPv6 its network. */
  readonly address: string
}

/** Counts failed sign-ins and makes people wait. Counters live in Redis, for all web processes. */
export interface LockOut {
  /**
   * Counts an attempt before its password is looked at, so that many at once cannot slip through.
   *
   * @returns until when nothing will be looked at; undefined when this attempt may go on
   */
  begin(attempt: SignInAttempt): Promise<Date | undefined>
  /** This step was right: takes the try back from the address. The account's tries stay until the whole sign-in succeeds. */
  passed(attempt: SignInAttempt): Promise<void>
  /** The attempt was good to the end: forgets what was counted for the account, and trusts the address with it. */
  succeed(attempt: SignInAttempt): Promise<void>
  /** Until when an account is locked for addresses it never used. */
  lockedUntil(account: string): Promise<Date | undefined>
  /** Forgets all that was counted for an account. */
  unlock(account: string): Promise<void>
}

interface Limit {
  /** Attempts that cost nothing. */
  readonly free: number
  /** Wait after the first attempt too many; doubles with each further one. Milliseconds. */
  readonly firstMs: number
  readonly longestMs: number
}

/** Five tries, then 1, 2, 4 … minutes, at most an hour. */
const BY_ACCOUNT: Limit = { free: 5, firstMs: 60_000, longestMs: 3_600_000 }

/** A county office shares one address, so it has more tries and shorter waits. */
const BY_ADDRESS: Limit = { free: 30, firstMs: 60_000, longestMs: 900_000 }

/** After this long without an attempt nothing is remembered. Seconds, a day. */
const FORGET_SECONDS = 86_400

/** How long an address is trusted with an account after a good sign-in. Seconds, 30 days. */
const TRUST_SECONDS = 30 * 86_400

/**
 * Counts one attempt for every key, unless one of them is locked. All or nothing.
 *
 * KEYS: counters. ARGV: now (ms), forget (s), then free, first (ms), longest (ms) for each key. Answers the latest lock, or 0.
 */
const BEGIN = `
local now = tonumber(ARGV[1])
local locked = 0
for i, key in ipairs(KEYS) do
  locked = math.max(locked, tonumber(redis.call('HGET', key, 'until') or '0'))
end
if locked > now then return locked end
for i, key in ipairs(KEYS) do
  local free, first, longest = tonumber(ARGV[3 * i]), tonumber(ARGV[3 * i + 1]), tonumber(ARGV[3 * i + 2])
  local tries = redis.call('HINCRBY', key, 'tries', 1)
  if tries >= free then
    redis.call('HSET', key, 'until', string.format('%.0f', now + math.min(first * 2 ^ (tries - free), longest)))
  end
  redis.call('EXPIRE', key, ARGV[2])
end
return 0`

/** Takes one try back from the address, whose counter belongs to many people. KEYS: counter. ARGV: free. */
const GIVE_BACK = `
local tries = redis.call('HINCRBY', KEYS[1], 'tries', -1)
if tries < tonumber(ARGV[1]) then redis.call('HDEL', KEYS[1], 'until') end
if tries <= 0 then redis.call('DEL', KEYS[1]) end
return tries`

/**
 * Makes the counters of failed sign-ins.
 *
 * A lock on an account does not bind an address that signed in to it lately: otherwise anybody could keep a duty officer out by guessing.
 * Such an address has a counter of its own.
 */
export function createLockOut(redis: Redis, clock: Clock): LockOut {
  return {
    async begin(attempt) {
      const counters = [await accountCounter(attempt), addressCounter(attempt.address)]
      const limits = [BY_ACCOUNT, BY_ADDRESS].flatMap(({ free, firstMs, longestMs }) => [free, firstMs, longestMs])
      const now = clock.now().getTime()
      const until = Number(await redis.eval(BEGIN, counters.length, ...counters, now, FORGET_SECONDS, ...limits))
      return until > now ? new Date(until) : undefined
    },
    async passed({ address }) {
      await redis.eval(GIVE_BACK, 1, addressCounter(address), BY_ADDRESS.free)
    },
    async succeed(attempt) {
      await redis.del(counterOf(attempt.account), ownCounterOf(attempt))
      await redis.sadd(trustOf(attempt.account), attempt.address)
      await redis.expire(trustOf(attempt.account), TRUST_SECONDS)
    },
    async lockedUntil(account) {
      const until = Number((await redis.hget(counterOf(account), 'until')) ?? 0)
      return until > clock.now().getTime() ? new Date(until) : undefined
    },
    async unlock(account) {
      const trusted = await redis.smembers(trustOf(account))
      const own = trusted.map((address) => ownCounterOf({ account, address }))
      await redis.del(counterOf(account), ...own)
    },
  }

  async function accountCounter(attempt: SignInAttempt): Promise<string> {
    const isTrusted = await redis.sismember(trustOf(attempt.account), attempt.address)
    return isTrusted === 1 ? ownCounterOf(attempt) : counterOf(attempt.account)
  }
}

function counterOf(account: string): string {
  return `sign-in:account:${digestOf(account)}`
}

function ownCounterOf({ account, address }: SignInAttempt): string {
  return `${counterOf(account)}:${address}`
}

function addressCounter(address: string): string {
  return `sign-in:address:${address}`
}

function trustOf(account: string): string {
  return `sign-in:trusted:${digestOf(account)}`
}

/** Whatever was typed, in a form that can stand in a key: people also type their password into the wrong field. */
function digestOf(account: string): string {
  return createHash('sha256')
    .update(accountKey(account) ?? account.slice(0, 256))
    .digest('hex')
    .slice(0, 32)
}
