import { access, chmod, constants, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { Refusal } from '../refusal.ts'
import { createHold } from '../run/hold.ts'
import { findDebianSource } from '../setup/debian-mirror.ts'
import { thisMachine } from '../setup/machine.ts'
import { runCommand } from '../setup/run-command.ts'
import { requireSpace } from '../setup/disk-space.ts'
import { defaultPrefix, writeFontConfig } from './fonts.ts'

export interface ChromiumOptions {
  readonly dataDir: string
  /** Folder of the unpacked programs, which hold the fonts. Default: in the data folder. */
  readonly prefixDir?: string | undefined
  /** Address of the Debian mirror (`DEBIAN_MIRROR`); else the machine's own sources are used as they are. */
  readonly mirror?: string | undefined
  readonly log: (line: string) => void
}

/** Environment for a process that starts chromium. */
export interface ChromiumEnvironment {
  readonly CHROMIUM: string
  readonly FONTCONFIG_FILE: string
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Disk space chromium and what it depends on take. Megabytes. */
const NEEDED_MB = 900

/** Path of a chromium that is there already: `CHROMIUM`, else one of the machine. @throws Refusal `chromium.missing` */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const named = env['CHROMIUM']
  if (named !== undefined && named !== '') {
    if (await runs(named)) return named
    throw new Refusal('chromium.missing', `CHROMIUM 不可执行：${named}`, `CHROMIUM cannot be run: ${named}`)
  }
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    for (const name of NAMES) if (await runs(join(folder, name))) return join(folder, name)
  }
  return undefined
}

/**
 * A chromium that shows Chinese: found, else installed from the machine's own Debian release, as root plainly by apt, otherwise
 * unpacked into the data folder.
 *
 * @throws Refusal `chromium.missing`, `chromium.unavailable`, `disk.full`
 */
export async function prepareChromium(options: ChromiumOptions): Promise<ChromiumEnvironment> {
  const home = resolve(options.dataDir, 'services')
  const fonts = await writeFontConfig(options.prefixDir ?? defaultPrefix(options.dataDir), join(home, 'fonts'))
  const chromium = (await findChromium()) ?? (await fetchChromium(home, options))
  return { CHROMIUM: chromium, FONTCONFIG_FILE: fonts }
}

async function fetchChromium(home: string, { mirror, log }: ChromiumOptions): Promise<string> {
  const hold = await createHold(join(home, 'chromium.lock'), {
    wait: () => log('等待另一个安装 / Waiting for another set-up'),
  })
  try {
    return process.getuid?.() === 0
      ? await install(await sourceOptions(home, mirror), log)
      : await unpackOwn(join(home, 'chromium'), mirror, log)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(
      'chromium.unavailable',
      '无法安装 chromium：请检查网络，或设置 CHROMIUM',
      `Chromium cannot be installed: check the network, or set CHROMIUM (${String(error)})`,
    )
  } finally {
    await hold.release()
  }
}

async function install(sources: readonly string[], log: (line: string) => void): Promise<string> {
  log('安装 chromium / Installing chromium')
  const apt = (...args: string[]): Promise<string> =>
    runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', ...sources, ...args], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
  await apt('update')
  await apt('install', '-y', '--no-install-recommends', 'chromium')
  const found = await findChromium()
  if (found === undefined) throw new Error('installed, and still not found')
  return found
}

/** Unpacks chromium and those of its libraries that the machine does not have; apt keeps a state of its own. */
async function unpackOwn(folder: string, mirror: string | undefined, log: (line: string) => void): Promise<string> {
  const program = join(folder, 'chromium.sh')
  if (await runs(program)) return program
  log('下载 chromium / Downloading chromium')
  const laying = `${folder}.new`
  await requireSpace(join(folder, '..'), NEEDED_MB)
  await rm(laying, { recursive: true, force: true })
  await mkdir(laying, { recursive: true })
  await fetchInto(laying, await sourceOptions(laying, mirror))
  await writeFile(join(laying, 'chromium.sh'), starter(thisMachine().triplet))
  await chmod(join(laying, 'chromium.sh'), 0o755)
  await rm(folder, { recursive: true, force: true })
  await rename(laying, folder)
  return program
}

async function fetchInto(folder: string, sources: readonly string[]): Promise<void> {
  const state = join(folder, 'apt')
  for (const each of ['lists/partial', 'archives/partial']) await mkdir(join(state, each), { recursive: true })
  const own = [
    '-o',
    `Dir::State::lists=${state}/lists`,
    '-o',
    `Dir::Cache=${state}`,
    '-o',
    'Debug::NoLocking=1',
    ...sources,
  ]
  const apt = (...args: string[]): Promise<string> => runCommand('apt-get', [...own, ...args])
  await apt('update')
  await apt('install', '-y', '--no-install-recommends', '--download-only', 'chromium')
  const archives = join(state, 'archives')
  const files = (await readdir(archives)).filter((name) => name.endsWith('.deb'))
  for (const file of files) await runCommand('dpkg-deb', ['-x', join(archives, file), folder])
  await rm(state, { recursive: true })
}

/** Options that make apt use the named mirror for the machine's own release. */
async function sourceOptions(folder: string, mirror: string | undefined): Promise<string[]> {
  if (mirror === undefined) return []
  const { keyring } = await findDebianSource(mirror)
  const codename = /^VERSION_CODENAME=(.*)$/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1] ?? 'stable'
  const list = join(folder, 'mirror.list')
  await writeFile(list, `deb [signed-by=${keyring}] ${mirror} ${codename} main\n`)
  return ['-o', `Dir::Etc::sourcelist=${list}`, '-o', 'Dir::Etc::sourceparts=/dev/null']
}

function starter(triplet: string): string {
  return `#!/bin/sh
here=\${0%/*}
LD_LIBRARY_PATH=$here/usr/lib/${triplet}:$here/usr/lib exec "$here/usr/lib/chromium/chromium" "$@"
`
}

function runs(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}
