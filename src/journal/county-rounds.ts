import type { Redis } from 'ioredis'
import type { Lease } from './lease.ts'
import { createLease } from './lease.ts'

/** How long a county's lease outlives a process that died. Milliseconds. */
const LEASE_MS = 10_000

/** What one round did: `more` asks for another at once. */
export interface Round {
  readonly done: number
  readonly more: boolean
}

/** Rounds of work for one county at a time, in one process at a time. */
export interface CountyRounds {
  /**
   * Works until nothing is left that can be done now. Asked while it works, it looks once more and answers both.
   *
   * @returns how much was done
   */
  run(county: string): Promise<number>
  stop(): Promise<void>
}

/**
 * Makes rounds under a lease per county: whoever holds it works, the others find nothing to do.
 *
 * @param name - of the lease; different work has different leases
 */
export function createCountyRounds(
  redis: Redis,
  name: string,
  round: (county: string, lease: Lease) => Promise<Round>,
): CountyRounds {
  const leases = new Map<string, Lease>()
  const running = new Map<string, Promise<number>>()
  const again = new Set<string>()
  let isStopping = false

  const leaseOf = (county: string): Lease => {
    const lease = leases.get(county) ?? createLease(redis, `${name}:${county}`, LEASE_MS)
    leases.set(county, lease)
    return lease
  }
  const untilEmpty = async (county: string): Promise<number> => {
    const lease = leaseOf(county)
    let total = 0
    do {
      again.delete(county)
      for (let more = true; more && !isStopping && (await lease.hold());) {
        const worked = await round(county, lease)
        total += worked.done
        more = worked.more
      }
    } while (!isStopping && again.has(county))
    return total
  }

  return {
    run(county) {
      const current = running.get(county)
      if (current) {
        again.add(county)
        return current
      }
      const started = untilEmpty(county).finally(() => running.delete(county))
      running.set(county, started)
      return started
    },
    async stop() {
      isStopping = true
      await Promise.allSettled(running.values())
      await Promise.allSettled([...leases.values()].map((lease) => lease.release()))
    },
  }
}
