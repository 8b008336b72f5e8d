import { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import type { Deadlines, DeadlineStore } from '../../src/deadlines/index.ts'
import { createDeadlines, createDeadlineStore, deadlineModel } from '../../src/deadlines/index.ts'
import type { InTransaction } from '../../src/journal/index.ts'
import { createInTransaction, createWake, journalModels } from '../../src/journal/index.ts'
import { connectMongo } from '../../src/platform/mongo/index.ts'
import type { Calendars } from '../../src/policy/index.ts'
import { createPolicies, createPolicyStore, policyModels } from '../../src/policy/index.ts'
import type { Clock } from '../../src/shared/clock.ts'
import { systemClock } from '../../src/shared/clock.ts'

/** The county in which deadlines are tortured. */
export const COUNTY = '329900'

/** As much of the product as deadlines stand on. */
export interface DeadlineWorld {
  readonly connection: Connection
  readonly redis: Redis
  readonly clock: Clock
  readonly calendar: Calendars
  readonly deadlineStore: DeadlineStore
  readonly deadlines: Deadlines
  readonly inTransaction: InTransaction
  close(): Promise<void>
}

/** Opens it on a database and a key prefix of its own. */
export async function openWorld(mongoUri: string, redisUrl: string, prefix: string): Promise<DeadlineWorld> {
  const connection = await connectMongo(mongoUri)
  for (const register of [journalModels, policyModels, deadlineModel]) register(connection)
  const redis = new Redis(redisUrl, { keyPrefix: `${prefix}:`, maxRetriesPerRequest: null })
  const { calendar } = createPolicies(createPolicyStore(connection))
  const deadlineStore = createDeadlineStore(connection)
  const clock = systemClock
  return {
    connection,
    redis,
    clock,
    calendar,
    deadlineStore,
    deadlines: createDeadlines({ store: deadlineStore, calendar }),
    inTransaction: createInTransaction({ connection, clock, wake: createWake(redis) }),
    async close() {
      redis.disconnect()
      await connection.close()
    },
  }
}
