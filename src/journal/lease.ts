import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'

/** The right to announce for one county, held by one process at a time. */
export interface Lease {
  readonly key: string
  readonly token: string
  /** Takes or renews it. False while another process holds it. */
  hold(): Promise<boolean>
  release(): Promise<void>
}

const RENEW = `
local holder = redis.call('GET', KEYS[1])
if holder == ARGV[1] or not holder then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1 end
return 0`

const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`

/**
 * A lease in Redis whose token fences every write: what is appended names the token, and a token that is no longer the holder's is refused.
 *
 * @param lifetimeMs - how long it outlives a holder that died
 */
export function createLease(redis: Redis, key: string, lifetimeMs: number): Lease {
  const token = randomUUID()
  return {
    key,
    token,
    hold: async () => (await redis.eval(RENEW, 1, key, token, lifetimeMs)) === 1,
    release: async () => {
      await redis.eval(RELEASE, 1, key, token)
    },
  }
}
