import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../refusal.ts'
import { findEngine, prepareApt, resolvePackages, updateLists } from './apt.ts'
import type { Apt, PackageFile } from './apt.ts'
import type { DebianSource } from './debian-mirror.ts'
import { runCommand } from './run-command.ts'

/** Debian releases that hold the database engine, in the order of trying. */
const SUITES = ['forky', 'sid'] as const

/** Beside the database engine, whose name carries PostgreSQL's version. */
const WANTED = ['redis-server', 'fonts-noto-cjk']

/**
 * Packages that come along by dependency and that our programs never load: maintainer tools, and the picture and map formats
 * of a PostGIS feature that is not used. After unpacking every program is checked; if one misses a library, all are fetched.
 */
const NEEDLESS = new RegExp(
  `^(${[
    'adduser|base-passwd|debconf|dirmngr|gnupg.*|gpg.*|login.*|openssl.*|passwd|perl.*|libperl.*|pinentry.*|procps|ucf',
    'libc-l10n|libc-gconv.*|locales|systemd|libsystemd-shared|sysvinit-utils|mysql-common|mariadb-common|libmariadb.*',
    'fonts-dejavu.*|gdal-.*|libgdal.*|proj-data|libpoppler.*|libspatialite.*|libhdf.*|libnetcdf.*|libcfitsio.*',
    'libsfcgal.*|lib(aom|svtav1enc|rav1e|dav1d|gav1-|jxl|heif|xerces-c).*',
  ].join('|')})$`,
)

/** Packages that belong together, ready to be unpacked. */
export interface Fetched {
  readonly folder: string
  readonly files: readonly string[]
}

/**
 * Fetches the packages of database, Redis and fonts into a folder, keeping what is there from an interrupted try.
 *
 * @param all - also the packages that are normally left out
 * @throws Refusal `mirror.unreachable`, `mirror.lacks`
 */
export async function fetchPackages(
  source: DebianSource,
  folder: string,
  log: (line: string) => void,
  all = false,
): Promise<Fetched> {
  const reasons: string[] = []
  for (const suite of SUITES) {
    const apt = await prepareApt(source, suite, folder)
    log('读取软件包列表 / Reading the lists of packages')
    await updateLists(apt, source)
    const engine = await findEngine(apt)
    const files = engine === undefined ? [] : await resolvePackages(apt, [engine, ...WANTED]).catch(noted)
    if (files.length > 0)
      return download(
        apt,
        suite,
        files.filter(({ name }) => all || !NEEDLESS.test(name)),
        log,
      )
  }
  throw new Refusal(
    'mirror.lacks',
    'Debian 镜像中没有可用的数据库软件包',
    `The Debian mirror has no usable database packages ${reasons.join('; ')}`.trim(),
  )

  function noted(error: unknown): [] {
    reasons.push(String(error))
    return []
  }
}

async function download(
  apt: Apt,
  suite: string,
  wanted: readonly PackageFile[],
  log: (line: string) => void,
): Promise<Fetched> {
  const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0)
  log(
    `下载数据库、Redis 与字体 / Downloading database, Redis and fonts: ${wanted.length} packages, ${megabytes(total)} MB`,
  )
  const timer = setInterval(() => void folderBytes(apt.debs).then(tell), 2_000)
  try {
    const names = wanted.map(({ name }) => name)
    await runCommand('apt-get', [...apt.options, 'download', ...names], { cwd: apt.debs })
  } catch (error) {
    throw new Refusal('mirror.unreachable', '下载中断，请重试', `The download broke off, try again: ${String(error)}`)
  } finally {
    clearInterval(timer)
  }
  const here = await readdir(apt.debs)
  const files = here.filter((file) => file.endsWith('.deb') && wanted.some(({ name }) => file.startsWith(`${name}_`)))
  return { folder: apt.debs, files }

  function tell(bytes: number): void {
    log(`  ${megabytes(bytes)} of ${megabytes(total)} MB (${suite})`)
  }
}

async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder)
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_048_576)
}

/** Removes fetched packages, which are not needed once unpacked. */
export async function forgetPackages(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}
