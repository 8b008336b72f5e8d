import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openConnection } from '../gateway/postgres/connection.ts'
import type { Prefix } from '../setup/prefix.ts'
import { runCommand } from '../setup/run-command.ts'
import { startChild } from './child.ts'
import { postgresSettings } from './postgres-settings.ts'
import type { Unprivileged } from './unprivileged.ts'
import { supervise } from './supervise.ts'
import type { Supervised } from './supervise.ts'

export interface PostgresOptions {
  readonly prefix: Prefix
  /** Folder of the cluster. */
  readonly data: string
  /** Folder of the unix socket. */
  readonly run: string
  readonly logFile: string
  readonly pidFile: string
  /** False only where losing the last seconds at a power cut does not matter. */
  readonly durable: boolean
  readonly unprivileged: Unprivileged
  readonly log: (line: string) => void
}

/** Path of the unix socket in its folder. Source: PostgreSQL, `.s.PGSQL.<port>`. */
export function postgresSocket(run: string): string {
  return join(run, '.s.PGSQL.5432')
}

/** Makes the cluster if there is none, starts PostgreSQL, and keeps it running. */
export async function startPostgres(options: PostgresOptions): Promise<Supervised> {
  const { prefix, data, run, logFile, pidFile, unprivileged, log } = options
  if (!(await exists(join(data, 'PG_VERSION')))) await makeCluster(options)
  await requireVersion(data, prefix)
  await writeFile(join(data, 'postgresql.conf'), postgresSettings(options))
  const bin = join(prefix.folder, `usr/lib/postgresql/${prefix.postgres}/bin/postgres`)
  const service = await supervise({
    name: 'PostgreSQL',
    start: () =>
      startChild({ command: unprivileged.wrap([bin, '-D', data]), logFile, pidFile, stopSignal: 'INT', cwd: run }),
    ready: () => answering(postgresSocket(run)),
    log,
    logFile,
  })
  await prepareEngine(postgresSocket(run))
  return service
}

/** The cluster is made beside its place and moved there whole, so that an interrupted try leaves nothing half-made. */
async function makeCluster({ prefix, data, durable, unprivileged, log }: PostgresOptions): Promise<void> {
  log('建立数据库 / Making the database')
  const making = `${data}.new`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true, mode: 0o700 })
  await unprivileged.give(making)
  const initdb = prefix.program(`usr/lib/postgresql/${prefix.postgres}/bin/initdb`)
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const sync = durable ? ['--sync-method=syncfs'] : ['--no-sync']
  const [command, ...args] = unprivileged.wrap([
    ...initdb,
    '-D',
    making,
    '-U',
    'postgres',
    '-A',
    'trust',
    ...locale,
    ...sync,
  ])
  await runCommand(command, args)
  await rename(making, data)
}

async function requireVersion(data: string, prefix: Prefix): Promise<void> {
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  if (version === prefix.postgres) return
  throw new Error(
    `The data in ${data} is of PostgreSQL ${version}, the programs are ${prefix.postgres}: back up and restore`,
  )
}

async function answering(socket: string): Promise<void> {
  for (;;) {
    try {
      const connection = await openConnection(socket, { user: 'postgres', database: 'postgres' })
      connection.end()
      return
    } catch {
      await sleep(25)
    }
  }
}

/** Index builds are asked for in the foreground only: the jobs that look for background ones every two seconds are not needed. */
const PREPARE = [
  'CREATE EXTENSION IF NOT EXISTS documentdb CASCADE',
  'ALTER EXTENSION documentdb_core UPDATE',
  'ALTER EXTENSION documentdb UPDATE',
  "SELECT cron.unschedule(jobid) FROM cron.job WHERE jobname LIKE 'documentdb_index_build_task%'",
]

async function prepareEngine(socket: string): Promise<void> {
  const connection = await openConnection(socket, {
    user: 'postgres',
    database: 'postgres',
    client_min_messages: 'error',
  })
  for (const [place, sql] of PREPARE.entries()) await connection.run([{ statement: { name: `prepare_${place}`, sql } }])
  connection.end()
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
