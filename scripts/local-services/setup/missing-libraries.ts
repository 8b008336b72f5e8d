import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Prefix } from './prefix.ts'
import { runCommand } from './run-command.ts'

/** Modules that PostgreSQL loads for us. */
const MODULES =
  /^(pg_documentdb(_core|_extended_rum|_extended_rum_core)?|pg_cron|postgis-\d+|vector|tsm_system_rows|plpgsql|dict_snowball)\.so$/

/** Libraries that the programs and modules we start would not find. Asks the loader itself. */
export async function missingLibraries(prefix: Prefix): Promise<string[]> {
  const modules = `usr/lib/postgresql/${prefix.postgres}/lib`
  const bin = `usr/lib/postgresql/${prefix.postgres}/bin`
  const names = (await readdir(join(prefix.folder, modules))).filter((name) => MODULES.test(name))
  const loaded = [
    `${bin}/initdb`,
    `${bin}/postgres.real`,
    'usr/bin/redis-server',
    ...names.map((name) => `${modules}/${name}`),
  ]
  const missing = await Promise.all(loaded.map((path) => missingFor(prefix, path)))
  return [...new Set(missing.flat())]
}

async function missingFor(prefix: Prefix, path: string): Promise<string[]> {
  const [loader, ...args] = prefix.program(path)
  const list = await runCommand(loader, ['--list', ...args]).catch((error: unknown) => String(error))
  return [...list.matchAll(/(\S+)(?: => not found|: cannot open shared object file)/g)].map(([, name = '']) => name)
}
