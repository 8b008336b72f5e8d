import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { LocalServicesOptions } from './options.ts'
import { endLeftOvers } from './run/left-over.ts'
import { choosePorts } from './run/ports.ts'
import type { Ports } from './run/ports.ts'
import { postgresSocket } from './run/postgres.ts'
import { requireSpace } from './setup/disk-space.ts'
import { preparePrefix } from './setup/prefix.ts'
import type { Prefix } from './setup/prefix.ts'

/** Where everything lies, and with which programs it runs. */
export interface Place {
  readonly prefix: Prefix
  readonly data: string
  readonly run: string
  readonly ports: Ports
  readonly scratch: boolean
  /** What each service is given to say how it fares. */
  readonly logging: (name: string) => { logFile: string; pidFile: string; log: (line: string) => void }
}

/** Room without which no database is started. Megabytes. */
const RUNNING_MB = 300

/**
 * Makes ready what the services of a data folder need: programs, folders, ports; ends what an earlier start left running.
 *
 * @param home - the folder `services` of the data folder, whose lock is held
 * @throws Refusal
 */
export async function preparePlace(options: LocalServicesOptions, home: string): Promise<Place> {
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
