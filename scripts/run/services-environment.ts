import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { projectRoot } from '../../src/platform/project-root.ts'
import type { LocalServices } from '../local-services/index.ts'
import { findLocalServices, Refusal, startLocalServices } from '../local-services/index.ts'
import { ownSecrets } from './secrets.ts'

/** The environment of our processes together with the services it names. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly dataDir: string
  readonly services: LocalServices
}

export interface SurroundingsOptions {
  readonly log: (line: string) => void
  /** Makes secrets that are missing. Never in production. */
  readonly makeSecrets: boolean
  /** A command beside a running product uses the services that are already up. */
  readonly joinRunning?: boolean
}

/** The environment with `.env` below it: what is set outside wins. */
export function readEnvironment(): NodeJS.ProcessEnv {
  const file = join(projectRoot(), '.env')
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...process.env } : { ...process.env }
}

/** Brings up the database and Redis unless the environment names them, and completes the environment for our processes. */
export async function surroundings({
  log,
  makeSecrets,
  joinRunning = true,
}: SurroundingsOptions): Promise<Surroundings> {
  const given = readEnvironment()
  const dataDir = resolve(projectRoot(), given['DATA_DIR'] ?? 'var')
  const secrets = makeSecrets ? ownSecrets(dataDir) : {}
  const services = await startLocalServices({
    dataDir,
    mongoUri: given['MONGODB_URI'],
    redisUrl: given['REDIS_URL'],
    mirror: given['DEBIAN_MIRROR'],
    log,
  }).catch((error: unknown) => runningServices(error, dataDir, joinRunning))
  const env = {
    ...secrets,
    ...given,
    DATA_DIR: dataDir,
    MONGODB_URI: given['MONGODB_URI'] ?? withDatabase(services.mongoUri, 'jiujinan'),
    REDIS_URL: services.redisUrl,
  }
  return { env, dataDir, services }
}

/** The services of a start that is under way in this data folder, left running afterwards. */
async function runningServices(error: unknown, dataDir: string, joinRunning: boolean): Promise<LocalServices> {
  const isInUse = error instanceof Refusal && error.code === 'data.in_use'
  const found = isInUse && joinRunning ? await findLocalServices(dataDir) : undefined
  if (!found) throw error
  return { ...found, pids: () => ({}), stop: () => Promise.resolve() }
}

/** A connection string that names a database. */
export function withDatabase(uri: string, database: string): string {
  const named = new URL(uri)
  named.pathname = `/${database}`
  return named.href
}
