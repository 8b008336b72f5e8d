import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { LocalServicesOptions } from './options.ts'
import { preparePlace } from './place.ts'
import type { Place } from './place.ts'
import { Refusal } from './refusal.ts'
import { startGatewayProcess } from './run/gateway.ts'
import { createHold } from './run/hold.ts'
import { postgresSocket, startPostgres } from './run/postgres.ts'
import { startRedis } from './run/redis.ts'
import type { Supervised } from './run/supervise.ts'
import { findUnprivileged } from './run/unprivileged.ts'

/** The running services. */
export interface LocalServices {
  /** Connection string without a database name. */
  readonly mongoUri: string
  readonly redisUrl: string
  /** Process ids of what runs here; of those that run elsewhere, none. */
  pids(): { postgres?: number; gateway?: number; redis?: number }
  /** Stops everything in order. */
  stop(): Promise<void>
}

const SET_NAME = 'rs0'

/**
 * Brings up the database and Redis of one data folder, fetching the programs first if they are not there.
 *
 * With both addresses given nothing local is touched. One data folder serves one start at a time.
 *
 * @throws Refusal `mirror.unreachable`, `mirror.unknown`, `mirror.lacks`, `keyring.missing`, `disk.full`, `data.in_use`,
 *   `root.closed`, `machine.unsupported`
 */
export async function startLocalServices(options: LocalServicesOptions): Promise<LocalServices> {
  const { mongoUri, redisUrl } = options
  if (mongoUri !== undefined && redisUrl !== undefined) {
    return { mongoUri, redisUrl, pids: () => ({}), stop: () => Promise.resolve() }
  }
  return startHere(options)
}

async function startHere(options: LocalServicesOptions): Promise<LocalServices> {
  const home = resolve(options.dataDir, 'services')
  const hold = await createHold(join(home, 'lock'))
  if (!hold) throw inUse(options.dataDir)
  const running: Running = {}
  let place: Place | undefined
  try {
    place = await preparePlace(options, home)
    const [mongoUri, redisUrl] = await allSettled([
      startMongo(options, place, running),
      redisOf(options, place, running),
    ])
    return { mongoUri, redisUrl, pids: () => pidsOf(running), stop }
  } catch (error) {
    await stop()
    throw error
  }

  async function stop(): Promise<void> {
    await running.gateway?.stop()
    await Promise.all([running.redis?.stop(), running.postgres?.stop()])
    if (place?.scratch) await rm(place.data, { recursive: true, force: true })
    await hold?.release()
  }
}

interface Running {
  postgres?: Supervised
  gateway?: Supervised
  redis?: Supervised
}

async function startMongo(options: LocalServicesOptions, place: Place, running: Running): Promise<string> {
  if (options.mongoUri !== undefined) return options.mongoUri
  const { prefix, run, ports, logging } = place
  const data = join(place.data, 'postgres')
  const unprivileged = await findUnprivileged(place.data)
  running.postgres = await startPostgres({
    prefix,
    data,
    run,
    durable: !place.scratch,
    unprivileged,
    ...logging('postgres'),
  })
  const gateway = { port: ports.gateway, postgresSocket: postgresSocket(run), setName: SET_NAME, ...logging('gateway') }
  running.gateway = await startGatewayProcess(gateway)
  return `mongodb://127.0.0.1:${ports.gateway}/?replicaSet=${SET_NAME}&retryWrites=false`
}

async function redisOf(options: LocalServicesOptions, place: Place, running: Running): Promise<string> {
  if (options.redisUrl !== undefined) return options.redisUrl
  const { prefix, data, ports, logging } = place
  running.redis = await startRedis({ prefix, port: ports.redis, data: join(data, 'redis'), ...logging('redis') })
  return `redis://127.0.0.1:${ports.redis}`
}

/** Waits for all before it fails with the first failure, so that nothing is started behind the back of a stop. */
async function allSettled(starts: readonly [Promise<string>, Promise<string>]): Promise<[string, string]> {
  await Promise.allSettled(starts)
  return Promise.all(starts)
}

function pidsOf({ postgres, gateway, redis }: Running): ReturnType<LocalServices['pids']> {
  return {
    ...(postgres ? { postgres: postgres.pid() } : {}),
    ...(gateway ? { gateway: gateway.pid() } : {}),
    ...(redis ? { redis: redis.pid() } : {}),
  }
}

function inUse(dataDir: string): Refusal {
  return new Refusal(
    'data.in_use',
    `另一个进程正在使用 ${dataDir}：请先停止它，或设置另一个 DATA_DIR`,
    `Another start is using ${dataDir}: stop it first, or set another DATA_DIR`,
  )
}
