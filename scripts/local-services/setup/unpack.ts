import { chmod, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Machine } from './machine.ts'
import type { Fetched } from './packages.ts'
import { runCommand } from './run-command.ts'

/** Folders of the unpacked packages that no program of ours reads. */
const PRUNED = [
  'usr/share/doc',
  'usr/share/man',
  'usr/share/info',
  'usr/share/locale',
  'usr/share/lintian',
  'usr/share/bash-completion',
  'usr/share/perl',
  'usr/share/perl5',
  'usr/share/zoneinfo/right',
  'usr/include',
  'var',
]

/**
 * Unpacks packages into a folder and makes PostgreSQL startable from it. No maintainer script runs, hence the links by hand.
 *
 * @returns PostgreSQL's major version
 */
export async function unpack(fetched: Fetched, prefix: string, machine: Machine): Promise<string> {
  await unpackAll([...fetched.files], fetched.folder, prefix)
  for (const folder of PRUNED) await rm(join(prefix, folder), { recursive: true, force: true })
  const [version] = await readdir(join(prefix, 'usr/lib/postgresql'))
  if (version === undefined) throw new Error('The packages hold no PostgreSQL')
  await rm(join(prefix, `usr/lib/postgresql/${version}/lib/bitcode`), { recursive: true, force: true })
  await linkPostgis(join(prefix, `usr/share/postgresql/${version}/extension`))
  await wrapPostgres(join(prefix, `usr/lib/postgresql/${version}/bin`), version, machine)
  return version
}

/** As many at a time as there are processors: unpacking is mostly decompressing. */
async function unpackAll(files: string[], folder: string, prefix: string): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let file = files.pop(); file !== undefined; file = files.pop()) {
      await runCommand('dpkg-deb', ['-x', join(folder, file), prefix])
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
}

/** Debian lets its alternatives system make this link. */
async function linkPostgis(extensions: string): Promise<void> {
  const control = (await readdir(extensions)).find((name) => /^postgis-\d+\.control$/.test(name))
  if (control !== undefined) await symlink(control, join(extensions, 'postgis.control'))
}

/** initdb looks for a program called `postgres` beside itself; ours goes through the loader and can be moved with its folder. */
async function wrapPostgres(bin: string, version: string, { triplet, loader }: Machine): Promise<void> {
  await rename(join(bin, 'postgres'), join(bin, 'postgres.real'))
  const script = `#!/bin/sh
bin=\${0%/*}
prefix=\${bin%/usr/lib/postgresql/*}
lib=$prefix/usr/lib/${triplet}
path=$lib:$lib/blas:$lib/lapack:$prefix/usr/lib/postgresql/${version}/lib
exec "$lib/${loader}" --argv0 "$0" --library-path "$path" "$bin/postgres.real" "$@"
`
  await writeFile(join(bin, 'postgres'), script)
  await chmod(join(bin, 'postgres'), 0o755)
}
