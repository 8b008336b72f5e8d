import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../../src/platform/project-root.ts'
import { readEnvironment } from '../run/services-environment.ts'

const announcement = z.object({ url: z.url(), numbers: z.array(z.string()).min(1) })

export interface FoundExchange {
  readonly url: string
  /** The first hotline number, when the exchange told. */
  readonly number: string | undefined
}

/**
 * Where the local exchange is: `EXCHANGE_URL`, or what it wrote to `DATA_DIR/exchange.json` when it started.
 *
 * @throws Error with one line
 */
export function findExchange(): FoundExchange {
  const env = readEnvironment()
  const file = join(resolve(projectRoot(), env['DATA_DIR'] ?? 'var'), 'exchange.json')
  const announced = readAnnouncement(file)
  const url = env['EXCHANGE_URL'] ?? announced?.url
  if (url === undefined) {
    throw new Error(`本地总机没有运行，请先 npm start · The local exchange is not running: npm start first (${file})`)
  }
  return { url, number: announced?.numbers[0] }
}

function readAnnouncement(file: string): z.infer<typeof announcement> | undefined {
  try {
    return announcement.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
