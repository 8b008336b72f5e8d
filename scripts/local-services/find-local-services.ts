import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/**
 * Where the services of a data folder listen, as the last start chose it; undefined when none ever started there.
 *
 * For commands that run beside the product: it says where to look, not that somebody answers.
 */
export async function findLocalServices(dataDir: string): Promise<{ mongoUri: string; redisUrl: string } | undefined> {
  const file = join(resolve(dataDir, 'services'), 'ports.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { gateway, redis } = JSON.parse(text) as { gateway: number; redis: number }
  return {
    mongoUri: `mongodb://127.0.0.1:${gateway}/?replicaSet=rs0&retryWrites=false`,
    redisUrl: `redis://127.0.0.1:${redis}`,
  }
}
