import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../refusal.ts'
import type { DebianSource } from './debian-mirror.ts'
import { CommandFailed, runCommand } from './run-command.ts'

/** A package to fetch. */
export interface PackageFile {
  readonly name: string
  readonly file: string
  readonly bytes: number
}

/** apt with a state of its own, so that neither root nor the machine's package lists are needed. */
export interface Apt {
  readonly options: readonly string[]
  readonly debs: string
}

/** Lays the state for one Debian release. */
export async function prepareApt({ mirror, keyring }: DebianSource, suite: string, folder: string): Promise<Apt> {
  const state = join(folder, suite)
  const debs = join(state, 'debs')
  const empty = join(state, 'nothing')
  for (const each of [debs, join(state, 'lists/partial'), join(empty, 'partial')])
    await mkdir(each, { recursive: true })
  await writeFile(join(state, 'status'), '')
  await writeFile(join(state, 'sources.list'), `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`)
  const settings = [
    `Dir::Etc::sourcelist=${join(state, 'sources.list')}`,
    'Dir::Etc::sourceparts=/dev/null',
    'Dir::Etc::preferences=/dev/null',
    'Dir::Etc::preferencesparts=/dev/null',
    `Dir::State::lists=${join(state, 'lists')}`,
    `Dir::State::status=${join(state, 'status')}`,
    `Dir::Cache=${state}`,
    `Dir::Cache::archives=${empty}`,
    'APT::Install-Recommends=false',
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
    'Acquire::Retries=3',
    'Acquire::http::Timeout=20',
    'Acquire::https::Timeout=20',
  ]
  return { options: settings.flatMap((setting) => ['-o', setting]), debs }
}

/** Fetches the lists of packages. @throws Refusal `mirror.unreachable` */
export async function updateLists(apt: Apt, { mirror }: DebianSource): Promise<void> {
  try {
    await runCommand('apt-get', [...apt.options, '-o', 'APT::Update::Error-Mode=any', 'update'])
  } catch (error) {
    const why = error instanceof CommandFailed ? (/^[EW]: .*$/m.exec(error.said)?.[0] ?? '') : String(error)
    throw new Refusal(
      'mirror.unreachable',
      `无法连接 Debian 镜像 ${mirror}：请检查网络或 DEBIAN_MIRROR，或设置 MONGODB_URI 和 REDIS_URL`,
      `The Debian mirror cannot be reached: check the network or DEBIAN_MIRROR, or set MONGODB_URI and REDIS_URL (${why})`,
    )
  }
}

/** Name of the newest database engine package, e.g. `postgresql-18-documentdb`. */
export async function findEngine(apt: Apt): Promise<string | undefined> {
  const found = await runCommand('apt-cache', [
    ...apt.options,
    'search',
    '--names-only',
    '^postgresql-[0-9]+-documentdb$',
  ])
  const names = found.split('\n').flatMap((line) => /^postgresql-\d+-documentdb/.exec(line)?.[0] ?? [])
  return names.sort((one, other) => versionIn(other) - versionIn(one))[0]
}

function versionIn(name: string): number {
  return Number(/\d+/.exec(name)?.[0])
}

/** The packages and everything they depend on. @throws CommandFailed when a dependency cannot be met */
export async function resolvePackages(apt: Apt, names: readonly string[]): Promise<PackageFile[]> {
  const lines = await runCommand('apt-get', [...apt.options, 'install', '-qq', '--print-uris', ...names])
  return [...lines.matchAll(/^'\S+' (([^_\s]+)_\S+\.deb) (\d+)/gm)].map(([, file = '', name = '', bytes]) => {
    return { name, file, bytes: Number(bytes) }
  })
}
