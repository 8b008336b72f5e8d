import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { buildAssets } from '../../scripts/build-assets.ts'
import { readSettings } from '../../scripts/exchange/settings.ts'
import { freePort } from '../../scripts/run/free-port.ts'
import { DEMO_COUNTIES, seedFixture } from '../../scripts/run/seed-demo.ts'
import { withDatabase } from '../../scripts/run/services-environment.ts'
import { readConfig } from '../../src/app/config.ts'
import type { Services } from '../../src/app/services.ts'
import { createServices } from '../../src/app/services.ts'
import { startWeb } from '../../src/app/web.ts'
import { startWorker } from '../../src/app/worker.ts'
import { createLog } from '../../src/platform/log.ts'
import type { Phones } from './phones.ts'
import { startPhones } from './phones.ts'

/** The whole product as it runs on one machine: web, worker and exchange on one clock that the story moves. */
export interface Installation {
  /** Where the pages are. */
  readonly url: string
  readonly phones: Phones
  /** The stores as a process of their own sees them: for looking at what was booked and written down. */
  readonly services: Services
  /** Everybody's password. */
  readonly password: string
  /** Moves the clock of all processes; what falls due on the way happens, and what follows from it. */
  passes(to: string): Promise<void>
  close(): Promise<void>
}

const PASSWORD = 'a-demo-password-for-tests'

/**
 * Starts an installation with the fixture of one demo county, on a database and a Redis prefix of its own.
 *
 * @param at - what the clock shows at first
 */
export async function startInstallation(county: string, at: string): Promise<Installation> {
  const name = `jjn_test_${process.pid}_${randomBytes(3).toString('hex')}`
  const dataDir = await mkdtemp(join(tmpdir(), 'jiujinan-'))
  const env = { ...environmentOf(name, await freePort()), DATA_DIR: dataDir }
  await setClock(env.REDIS_URL, name, new Date(at))
  const [services] = await Promise.all([createServices(readConfig(env)), buildAssets()])
  await seedFixture(
    services,
    DEMO_COUNTIES.filter((demo) => demo.county === county),
    PASSWORD,
  )

  const { options } = readSettings({ ...env, EXCHANGE_SPEECH_MS: '0' })
  const phones = await startPhones({ ...options, log: createLog('error'), clock: services.clock })
  const running = { ...env, EXCHANGE_URL: phones.url }
  const worker = await startWorker(running, { handleSignals: false })
  const web = await startWeb(running, { handleSignals: false })
  const url = env.PUBLIC_URL

  return {
    url,
    phones,
    services,
    password: PASSWORD,
    passes: (to) => moveClock(url, to),
    async close() {
      await web.close()
      await worker.close()
      await phones.stop()
      await services.connection.dropDatabase()
      await services.close()
      await forget(env.REDIS_URL, name)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function environmentOf(name: string, port: number) {
  return {
    NODE_ENV: 'test',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    MONGODB_URI: withDatabase(process.env['MONGODB_URI'] ?? '', name),
    REDIS_URL: process.env['REDIS_URL'] ?? '',
    APP_SECRET: randomBytes(32).toString('hex'),
    FIELD_KEYS: randomBytes(32).toString('base64'),
    TELEPHONY: 'local',
    TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
    TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
    CLOCK: 'test',
    DEMO: '1',
    DEMO_PASSWORD: PASSWORD,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
  }
}

/** The clock only moves forward once it runs, so a story begins before its first process does. */
async function setClock(redisUrl: string, name: string, at: Date): Promise<void> {
  const redis = new Redis(redisUrl, { keyPrefix: `${name}:` })
  await redis.set('clock:now', at.getTime())
  redis.disconnect()
}

async function moveClock(url: string, to: string): Promise<void> {
  const answer = await fetch(`${url}/test/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ at: to }),
  })
  if (!answer.ok) throw new Error(`The clock did not move to ${to}: ${await answer.text()}`)
}

/** Deletes the installation's keys; the queues' keys stand in braces. */
async function forget(redisUrl: string, name: string): Promise<void> {
  const redis = new Redis(redisUrl)
  for (const match of [`${name}:*`, `{${name}:*`])
    for await (const keys of redis.scanStream({ match, count: 500 }))
      if ((keys as string[]).length > 0) await redis.del(keys as string[])
  redis.disconnect()
}
