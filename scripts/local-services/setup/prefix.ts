import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createHold } from '../run/hold.ts'
import { findDebianSource } from './debian-mirror.ts'
import { requireSpace } from './disk-space.ts'
import { thisMachine } from './machine.ts'
import type { Machine } from './machine.ts'
import { fetchPackages, forgetPackages } from './packages.ts'
import { missingLibraries } from './missing-libraries.ts'
import { unpack } from './unpack.ts'

/** The unpacked programs. */
export interface Prefix {
  readonly folder: string
  readonly machine: Machine
  /** PostgreSQL's major version. */
  readonly postgres: string
  /** How to run one of its programs: command and leading arguments. */
  program(path: string): readonly [string, ...string[]]
}

export interface PrefixOptions {
  /** Where the programs lie or will lie. */
  readonly folder: string
  /** Address of the Debian mirror, if named. */
  readonly mirror?: string | undefined
  readonly log: (line: string) => void
}

/** Counts up when the layout of the folder changes, so that an older one is laid anew. */
const LAYOUT = 1

/** Disk space for packages and programs together. Megabytes; 530 measured. */
const NEEDED_MB = 900

interface Mark {
  readonly layout: number
  readonly architecture: string
  readonly postgres: string
  readonly packages: readonly string[]
}

/**
 * The programs, fetched and unpacked if they are not there yet.
 *
 * They are unpacked beside their place and moved there whole, with a mark inside: whatever interrupts it, the next start finds
 * either all or nothing. Packages already fetched are kept for the next try. Two starts at once wait for each other.
 *
 * @throws Refusal
 */
export async function preparePrefix({ folder, mirror, log }: PrefixOptions): Promise<Prefix> {
  const machine = thisMachine()
  const ready = await readMark(folder, machine)
  if (ready) return asPrefix(folder, machine, ready)

  await mkdir(folder, { recursive: true })
  const hold = await createHold(`${folder}.lock`, {
    wait: () => log('另一个启动正在安装，等待 / Another start is setting up, waiting'),
  })
  try {
    const mark = (await readMark(folder, machine)) ?? (await lay(folder, machine, mirror, log))
    return asPrefix(folder, machine, mark)
  } finally {
    await hold.release()
  }
}

async function lay(
  folder: string,
  machine: Machine,
  mirror: string | undefined,
  log: (line: string) => void,
): Promise<Mark> {
  const fetching = `${folder}.packages`
  const laying = `${folder}.new`
  const source = await findDebianSource(mirror)
  await requireSpace(join(folder, '..'), NEEDED_MB)
  for (const all of [false, true]) {
    const fetched = await fetchPackages(source, fetching, log, all)
    log('解包 / Unpacking')
    await rm(laying, { recursive: true, force: true })
    await mkdir(laying, { recursive: true })
    const postgres = await unpack(fetched, laying, machine)
    const mark: Mark = {
      layout: LAYOUT,
      architecture: machine.architecture,
      postgres,
      packages: [...fetched.files].sort(),
    }
    const missing = await missingLibraries(asPrefix(laying, machine, mark))
    if (missing.length > 0 && !all) {
      log(`缺少 ${missing.join(', ')}，下载全部软件包 / Libraries are missing, fetching every package`)
      continue
    }
    await writeFile(join(laying, MARK), JSON.stringify(mark, null, 2))
    await rm(folder, { recursive: true, force: true })
    await rename(laying, folder)
    await forgetPackages(fetching)
    return mark
  }
  throw new Error('The unpacked programs do not find their libraries')
}

const MARK = 'ready.json'

async function readMark(folder: string, machine: Machine): Promise<Mark | undefined> {
  const text = await readFile(join(folder, MARK), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const mark = JSON.parse(text) as Mark
  return mark.layout === LAYOUT && mark.architecture === machine.architecture ? mark : undefined
}

function asPrefix(folder: string, machine: Machine, { postgres }: Mark): Prefix {
  const lib = join(folder, 'usr/lib', machine.triplet)
  const libraries = [lib, `${lib}/blas`, `${lib}/lapack`, join(folder, `usr/lib/postgresql/${postgres}/lib`)].join(':')
  return {
    folder,
    machine,
    postgres,
    program(path) {
      const full = join(folder, path)
      return [join(lib, machine.loader), '--argv0', full, '--library-path', libraries, full]
    },
  }
}
