import { readFile } from 'node:fs/promises'
import type { LocalServices } from '../local-services/index.ts'

/** A way to break the database under load. */
export interface Fault {
  readonly name: string
  strike(services: LocalServices): Promise<void>
}

/** Everything that can be killed. */
export const FAULTS: readonly Fault[] = [
  { name: 'kill -9 of the gateway', strike: (services) => kill(services.pids().gateway) },
  { name: 'kill -9 of PostgreSQL', strike: (services) => kill(services.pids().postgres) },
  { name: 'kill -9 of one PostgreSQL backend', strike: killBackend },
]

function kill(pid: number | undefined): Promise<void> {
  if (!pid) throw new Error('There is nothing to kill: the service is not running here')
  process.kill(pid, 'SIGKILL')
  return Promise.resolve()
}

/** PostgreSQL answers the death of any backend by throwing out all of them and recovering from its log. */
async function killBackend(services: LocalServices): Promise<void> {
  const parent = services.pids().postgres ?? 0
  const children = (await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')).trim().split(' ')
  const busy: number[] = []
  for (const pid of children.map(Number)) {
    const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (title.includes('COMMIT')) return kill(pid)
    if (/postgres: postgres postgres .*(BEGIN|INSERT|SELECT|in transaction)/.test(title)) busy.push(pid)
  }
  return kill(busy[0] ?? parent)
}
