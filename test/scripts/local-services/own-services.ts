import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { defaultPrefix, startLocalServices } from '../../../scripts/local-services/index.ts'
import type { LocalServices } from '../../../scripts/local-services/index.ts'

/** Services of one test file alone, which it may break. Their programs are shared with all others. */
export interface OwnServices {
  readonly services: LocalServices
  readonly dataDir: string
  /** What was said to the person at the machine. */
  readonly said: string[]
}

/**
 * Starts services with fsync on before the tests of a file, and removes them afterwards.
 *
 * @param name - of the test file
 */
export function useOwnServices(name: string): OwnServices {
  const shared = resolve(process.env['DATA_DIR'] ?? 'var')
  const dataDir = join(shared, 'own', `${name}-${process.pid}`)
  const said: string[] = []
  let services: LocalServices | undefined

  before(async function () {
    this.timeout(300_000)
    services = await startLocalServices({ dataDir, prefixDir: defaultPrefix(shared), log: (line) => said.push(line) })
  })
  after(async function () {
    this.timeout(60_000)
    await services?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
  return {
    dataDir,
    said,
    get services() {
      return services!
    },
  }
}
