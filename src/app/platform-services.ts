import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import type { Feed, InTransaction, JournalReader } from '../journal/index.ts'
import { createFeed, createInTransaction, createJournalReader, createWake, journalModels } from '../journal/index.ts'
import { createSharedClock } from '../platform/clock/index.ts'
import type { SharedClock } from '../platform/clock/index.ts'
import type { Logger } from '../platform/log.ts'
import { createLog } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import { createMetrics } from '../platform/metrics.ts'
import { connectMongo, requireTransactions } from '../platform/mongo/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import { createFieldVault, parseFieldKeys } from '../platform/privacy/index.ts'
import { openRedis, requirePersistence } from '../platform/redis/index.ts'
import type { Clock } from '../shared/clock.ts'
import { systemClock } from '../shared/clock.ts'
import type { Config } from './config.ts'

/** What every domain stands on: stores, clock, journal, log. Made once per process. */
export interface PlatformServices {
  readonly config: Config
  /** Separates installations that share one Redis: the database's name. */
  readonly installation: string
  readonly log: Logger
  readonly metrics: Metrics
  readonly connection: Connection
  readonly redis: Redis
  readonly clock: Clock
  /** Only with CLOCK=test: the clock that can be moved. */
  readonly sharedClock: SharedClock | undefined
  readonly vault: FieldVault
  readonly feed: Feed
  readonly journal: JournalReader
  readonly inTransaction: InTransaction
  /** A Redis connection of its own, for listening. Closed with the others. */
  listener(): Redis
  close(): Promise<void>
}

/**
 * Opens the stores and makes the platform.
 *
 * @throws Error with one line when the database or Redis cannot be used
 */
export async function createPlatformServices(config: Config): Promise<PlatformServices> {
  const log = createLog(config.logLevel)
  const connection = await connectMongo(config.mongoUri)
  await requireTransactions(connection)
  const redis = openRedis(config.redisUrl, connection.name, log)
  if (config.mode === 'production') await requirePersistence(redis)
  const listeners: Redis[] = []
  const listener = (): Redis => {
    const opened = openRedis(config.redisUrl, connection.name, log)
    listeners.push(opened)
    return opened
  }
  const sharedClock = config.clock === 'test' ? await createSharedClock({ redis, subscriber: listener() }) : undefined
  const clock = sharedClock ?? systemClock
  journalModels(connection)

  return {
    config,
    installation: connection.name,
    log,
    metrics: createMetrics(),
    connection,
    redis,
    clock,
    sharedClock,
    vault: createFieldVault(parseFieldKeys(config.fieldKeys.join(','))),
    feed: createFeed(redis),
    journal: createJournalReader(connection),
    inTransaction: createInTransaction({ connection, clock, wake: createWake(redis) }),
    listener,
    async close() {
      for (const opened of [...listeners, redis]) opened.disconnect()
      await connection.close()
    },
  }
}
