import { readdir, readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { Refusal } from '../refusal.ts'

/** Where Debian's packages come from, and the key that proves them. */
export interface DebianSource {
  /** Address of the mirror. */
  readonly mirror: string
  /** File with Debian's archive keys. */
  readonly keyring: string
}

const KEYRINGS = ['debian-archive-keyring.gpg', 'debian-archive-keyring.pgp'].map(
  (name) => `/usr/share/keyrings/${name}`,
)

/**
 * The mirror: the one named by `DEBIAN_MIRROR`, else the one of the machine's own apt sources.
 *
 * @param etc - folder with `apt` and `os-release`; `/etc`
 * @throws Refusal `mirror.unknown`, `keyring.missing`
 */
export async function findDebianSource(named: string | undefined, etc = '/etc'): Promise<DebianSource> {
  const mirror = named ?? (await mirrorOfMachine(etc))
  if (!mirror) {
    throw new Refusal(
      'mirror.unknown',
      '本机不是 Debian 或没有软件源：请设置 DEBIAN_MIRROR，或设置 MONGODB_URI 和 REDIS_URL',
      'Not a Debian machine, or one without package sources: set DEBIAN_MIRROR, or MONGODB_URI and REDIS_URL',
    )
  }
  const keyring = KEYRINGS.find((file) => existsSync(file))
  if (!keyring) {
    throw new Refusal(
      'keyring.missing',
      '缺少 Debian 公钥：请安装 debian-archive-keyring，或设置 MONGODB_URI 和 REDIS_URL',
      "Debian's keys are missing: install debian-archive-keyring, or set MONGODB_URI and REDIS_URL",
    )
  }
  return { mirror: mirror.replace(/\/+$/, ''), keyring }
}

/** Mirror of the machine's own release; undefined when the machine is not Debian or names none. */
async function mirrorOfMachine(etc: string): Promise<string | undefined> {
  const release = await textOf(`${etc}/os-release`)
  const codename = /^VERSION_CODENAME=(.*)$/m.exec(release)?.[1]
  if (!/^ID=debian$/m.test(release)) return undefined
  const suites = new Set([codename, 'stable', 'testing', 'unstable', 'sid', 'forky'])
  const texts = await sourceTexts(etc)
  const found = texts.flatMap(({ name, text }) => (name.endsWith('.sources') ? readStanzas(text) : readLines(text)))
  return found.find(({ suite, components }) => suites.has(suite) && components.includes('main'))?.mirror
}

interface Source {
  readonly mirror: string
  readonly suite: string
  readonly components: readonly string[]
}

async function sourceTexts(etc: string): Promise<{ name: string; text: string }[]> {
  const parts = await readdir(`${etc}/apt/sources.list.d`).catch(() => [])
  const files = ['sources.list', ...parts.sort().map((name) => `sources.list.d/${name}`)]
  return Promise.all(files.map(async (name) => ({ name, text: await textOf(`${etc}/apt/${name}`) })))
}

/** One-line style: `deb [options] URI suite component…`. Source: sources.list(5). */
export function readLines(text: string): Source[] {
  const line = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)$/
  return text
    .split('\n')
    .map((one) => line.exec(one.replace(/#.*/, '').trim()))
    .flatMap((match) => (match ? asSource(match[1], match[2], match[3]) : []))
}

/** Deb822 style: stanzas of `Field: value`, continued on indented lines. Source: sources.list(5). */
export function readStanzas(text: string): Source[] {
  return text
    .replace(/^#.*\n?/gm, '')
    .split(/\n\s*\n/)
    .map(readFields)
    .filter((fields) => fields.get('enabled') !== 'no' && /\bdeb\b/.test(fields.get('types') ?? ''))
    .flatMap((fields) => {
      const suites = (fields.get('suites') ?? '').split(/\s+/)
      const [uri] = (fields.get('uris') ?? '').split(/\s+/)
      return suites.flatMap((suite) => asSource(uri, suite, fields.get('components')))
    })
}

function readFields(stanza: string): Map<string, string> {
  const joined = stanza.replace(/\n[ \t]+/g, ' ')
  const pairs = [...joined.matchAll(/^([A-Za-z0-9-]+):[ \t]*(.*)$/gm)]
  return new Map(pairs.map(([, name = '', value = '']) => [name.toLowerCase(), value.trim()]))
}

function asSource(mirror = '', suite = '', components = ''): Source[] {
  const plain = /^(https?|file|copy):/.test(mirror)
  return plain ? [{ mirror, suite, components: components.trim().split(/\s+/) }] : []
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '')
}
