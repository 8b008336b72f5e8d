import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '../../src/app/config.ts'
import type { Services } from '../../src/app/services.ts'
import { createServices } from '../../src/app/services.ts'
import { actorFrom, makeToken } from '../../src/directory/index.ts'
import { newId } from '../../src/shared/ids.ts'
import { compile } from '../run/compile.ts'
import { freePort } from '../run/free-port.ts'
import { keepRunning } from '../run/keep-running.ts'
import type { ProcessName } from '../run/node-args.ts'
import { nodeArgs } from '../run/node-args.ts'
import { say } from '../run/say.ts'
import { DEMO_COUNTIES, seedFixture } from '../run/seed-demo.ts'
import { surroundings, withDatabase } from '../run/services-environment.ts'
import { untilReady } from '../run/until-ready.ts'

/** The whole product on this machine, on a database of its own, as a bench finds it. */
export interface Product {
  readonly address: string
  readonly exchangeUrl: string
  readonly services: Services
  /** An API token of an account of the fixture. */
  tokenOf(account: string): Promise<string>
  /** Resident memory of the web process. Megabytes. */
  webRssMb(): Promise<number>
  stop(): Promise<void>
}

export interface ProductOptions {
  /** A database that is kept between runs, so that volume data is made once. Otherwise an empty one, dropped at the end. */
  readonly keptDatabase?: string
  /** Without the worker nothing is announced and nothing follows: the outbox fills. */
  readonly webOnly?: boolean
}

/** Starts web, worker and exchange with the fixture, on an empty database unless one is kept. */
export async function startProduct({ keptDatabase, webOnly = false }: ProductOptions = {}): Promise<Product> {
  const database = keptDatabase ?? `jiujinan_bench_${Date.now().toString(36)}`
  const { env: given, services: local } = await surroundings({ log: say, makeSecrets: true })
  const port = await freePort()
  const exchangePort = await freePort()
  const address = `http://127.0.0.1:${port}`
  const dataDir = join(given['DATA_DIR'] ?? 'var', 'bench')
  await rm(dataDir, { recursive: true, force: true })
  const env = {
    ...given,
    MONGODB_URI: withDatabase(given['MONGODB_URI'] ?? local.mongoUri, database),
    PORT: String(port),
    PUBLIC_URL: address,
    EXCHANGE_PORT: String(exchangePort),
    EXCHANGE_URL: `http://127.0.0.1:${exchangePort}`,
    EXCHANGE_SPEECH_MS: '1',
    DATA_DIR: dataDir,
    TELEPHONY: 'local',
    DEMO: '1',
    LOG_LEVEL: 'warn',
  }
  const services = await createServices(readConfig(env))
  await seedFixture(services, DEMO_COUNTIES, 'a-bench-password')
  // What is measured is what `npm start` runs.
  await compile()
  const names: readonly ProcessName[] = webOnly ? ['web'] : ['exchange', 'worker', 'web']
  const processes = names.map((name) => {
    return keepRunning({ name, args: nodeArgs(name, { isCompiled: true }), env, log: say })
  })
  await untilReady(address)
  return {
    address,
    exchangeUrl: env.EXCHANGE_URL,
    services,
    tokenOf: (account) => tokenFor(services, account),
    async webRssMb() {
      const metrics = await (await fetch(`${address}/metrics`)).text()
      return Math.round(Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1] ?? 0) / 1_048_576)
    },
    async stop() {
      for (const { stop } of processes.reverse()) await stop()
      if (!keptDatabase) await services.connection.dropDatabase()
      await services.close()
      await local.stop()
    },
  }
}

async function tokenFor(services: Services, account: string): Promise<string> {
  const person = await services.staff.findByAccount(account)
  if (!person) throw new Error(`Nobody is called ${account}`)
  const key = `bench/${newId()}`
  const made = await makeToken(services, { label: 'bench', days: 1 }, { actor: actorFrom(person), key, bodyHash: key })
  return made.token ?? ''
}
