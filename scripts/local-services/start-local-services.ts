import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Refusal } from './refusal.ts'
import { startGatewayProcess } from './run/gateway.ts'
import { createHold } from './run/hold.ts'
import { endLeftOvers } from './run/left-over.ts'
import { choosePorts } from './run/ports.ts'
import type { Ports } from './run/ports.ts'
import { postgresSocket, startPostgres } from './run/postgres.ts'
import { startRedis } from './run/redis.ts'
import type { Supervised } from './run/supervise.ts'
import { findUnprivileged } from './run/unprivileged.ts'
import { requireSpace } from './setup/disk-space.ts'
import { preparePrefix } from './setup/prefix.ts'
import type { Prefix } from './setup/prefix.ts'

export interface LocalServicesOptions {
  /** `DATA_DIR`; everything lies in its folder `services`. */
  readonly dataDir: string
  /** A database that runs elsewhere: none is started here. */
  readonly mongoUri?: string | undefined
  /** A Redis that runs elsewhere: none is started here. */
  readonly redisUrl?: string | undefined
  /** Address of the Debian mirror (`DEBIAN_MIRROR`); else the one of the machine's own sources. */
  readonly mirror?: string | undefined
  /** Folder of the unpacked programs, which several data folders may share. Default: `services/prefix` in the data folder. */
  readonly prefixDir?: string | undefined
  /** For tests: an empty database on a RAM disk if there is one with room, without fsync, removed at the stop. */
  readonly scratch?: boolean
  /** Takes one line at a time for the person at the machine. */
  readonly log: (line: string) => void
}

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

/** Room without which no database is started. Megabytes. */
const RUNNING_MB = 300

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

/** Where everything lies, and with which programs it runs. */
interface Place {
  readonly prefix: Prefix
  readonly data: string
  readonly run: string
  readonly ports: Ports
  readonly scratch: boolean
  readonly logging: (name: string) => { logFile: string; pidFile: string; log: (line: string) => void }
}

interface Running {
  postgres?: Supervised
  gateway?: Supervised
  redis?: Supervised
}

async function preparePlace(options: LocalServicesOptions, home: string): Promise<Place> {
  const { mirror, log, scratch = false } = options
  const data = scratch ? await scratchFolder(home) : join(home, 'data')
  const prefix = await preparePrefix({ folder: resolve(options.prefixDir ?? join(home, 'prefix')), mirror, log })
  const run = await runFolder(home)
  await endLeftOvers([join(data, 'postgres'), join(data, 'redis'), postgresSocket(run)], log)
  if (scratch) await rm(data, { recursive: true, force: true })
  for (const folder of [data, join(home, 'log')]) await mkdir(folder, { recursive: true })
  await requireSpace(data, RUNNING_MB)
  const ports = await choosePorts(join(home, 'ports.json'), log)
  const logging: Place['logging'] = (name) => ({
    logFile: join(home, 'log', `${name}.log`),
    pidFile: join(run, `${name}.pid`),
    log,
  })
  return { prefix, data, run, ports, logging, scratch }
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

/** Where Linux keeps its RAM disk, and the room a test run needs there. Megabytes. */
const RAM_DISK = '/dev/shm'
const RAM_MB = 1_024

/** A folder for data that need not last. */
async function scratchFolder(home: string): Promise<string> {
  const hasRoom = await requireSpace(RAM_DISK, RAM_MB).then(
    () => true,
    () => false,
  )
  return hasRoom ? join(RAM_DISK, nameFor(home)) : join(home, 'scratch')
}

/** A short name that only this data folder has. */
function nameFor(home: string): string {
  return `jiujinan-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`
}

/** Longest path of a unix socket. Bytes. Source: Linux, sockaddr_un. */
const LONGEST_SOCKET = 107

/** A folder for sockets: in the services' own folder unless its path is too long for one. */
async function runFolder(home: string): Promise<string> {
  const own = join(home, 'run')
  const short = join(tmpdir(), nameFor(home))
  const run = Buffer.byteLength(postgresSocket(own)) + 5 <= LONGEST_SOCKET ? own : short
  await mkdir(run, { recursive: true, mode: 0o700 })
  return run
}
