import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Services } from '../../src/app/services.ts'
import { composeServices } from '../../src/app/services.ts'
import { createAnnouncer, createFeed, createInTransaction, createJournalReader } from '../../src/journal/index.ts'
import type { Announcer } from '../../src/journal/index.ts'
import { reactionsTo } from '../../src/app/reactions.ts'
import { fireDue, nextDueAt } from '../../src/deadlines/index.ts'
import { makeLedgerKey } from '../../src/ledger/index.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import { createFieldVault, parseFieldKeys } from '../../src/platform/privacy/index.ts'
import { roomsOf } from '../../src/realtime/index.ts'
import type { Actor, By } from '../../src/shared/actor.ts'
import { newId } from '../../src/shared/ids.ts'
import { actorFrom } from '../../src/directory/index.ts'
import { ownStores } from './database.ts'
import { putFixture } from './fixture.ts'

/** A clock that stands still until the story moves it. */
export interface StoryClock {
  now(): Date
  set(at: string | Date): void
}

/** The product without its web process: services, fixture, a clock, and somebody who announces. */
export interface World {
  readonly services: Services
  readonly clock: StoryClock
  readonly announcer: Announcer
  /** A member of staff of the fixture by account name. */
  staff(account: string): Promise<Actor>
  /** A command of that person with a fresh key. */
  by(account: string): Promise<By>
  /** Moves the clock; everything due on the way fires, everything announced is announced. */
  passes(to: string | Date): Promise<void>
  /** Announces what waits, with all reactions. */
  settles(): Promise<void>
}

const COUNTIES = ['320614', '371312']

/** Keys of tests: 32 bytes in base64, worth nothing. */
export const TEST_FIELD_KEY = Buffer.alloc(32, 7).toString('base64')

/** The fixture of the stories on a real database of its own: no other test's cases, clocks or notices. About two seconds. */
export async function world(): Promise<World> {
  const { connection, redis } = await ownStores()
  let now = new Date('2026-11-20T09:00:00+08:00')
  const clock: StoryClock = { now: () => now, set: (at) => (now = new Date(at)) }
  const feed = createFeed(redis)
  const log = createLog('error')
  const ledgerKey = join(mkdtempSync(join(tmpdir(), 'jjn-ledger-key-')), 'ledger-key.pem')
  makeLedgerKey(ledgerKey)
  const services = composeServices({
    config: {
      mode: 'test',
      port: 0,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1',
      mongoUri: '',
      redisUrl: process.env['REDIS_URL'] ?? '',
      dataDir: process.env['DATA_DIR'] ?? 'var',
      appSecret: 'test-secret-test-secret-test-secret',
      fieldKeys: [TEST_FIELD_KEY],
      ledgerKeyFile: ledgerKey,
      telephony: {
        kind: 'local',
        accountSid: `AC${'0'.repeat(32)}`,
        authToken: '0'.repeat(32),
        number: '12320614000',
        exchangeUrl: undefined,
      },
      tls: undefined,
      trustProxy: [],
      logLevel: 'error',
      timeZone: 'Asia/Shanghai',
      clock: 'system',
      isDemo: true,
      demoPassword: undefined,
    },
    installation: connection.name,
    log,
    metrics: createMetrics(),
    connection,
    redis,
    clock,
    sharedClock: undefined,
    vault: createFieldVault(parseFieldKeys(TEST_FIELD_KEY)),
    feed,
    journal: createJournalReader(connection),
    inTransaction: createInTransaction({ connection, clock, wake: () => undefined }),
    listener: () => redis.duplicate(),
    close: () => Promise.resolve(),
  })
  await putFixture(services, 'a-demo-password-for-tests')
  const announcer = createAnnouncer({
    connection,
    redis,
    feed,
    roomsOf,
    reactionsTo: (type) => reactionsTo({ ...services, sendLater: () => Promise.resolve() }, type),
    log,
  })

  const settles = async (): Promise<void> => {
    do for (const county of COUNTIES) await announcer.announceAll(county)
    while ((await fireDue(services, COUNTIES)) > 0)
  }
  const staff = async (account: string): Promise<Actor> => {
    for (const county of COUNTIES) {
      const found = (await services.staff.book(county)).all.find((person) => person.account === account)
      if (found) return actorFrom(found)
    }
    throw new Error(`Nobody is called ${account}`)
  }
  return {
    services,
    clock,
    announcer,
    staff,
    settles,
    async by(account) {
      const key = newId()
      return { actor: await staff(account), key, bodyHash: key }
    },
    async passes(to) {
      const target = new Date(to)
      await settles()
      for (;;) {
        const next = await nextDueAt(services, COUNTIES, target)
        if (!next || next > target) break
        clock.set(next > now ? next : now)
        await settles()
      }
      clock.set(target)
      await settles()
    },
  }
}
