import { createServer } from 'node:net'
import { readFile, writeFile } from 'node:fs/promises'
import { randomInt } from 'node:crypto'

/** Ports on 127.0.0.1. */
export interface Ports {
  readonly gateway: number
  readonly redis: number
}

/** Below the range from which systems give out ports for outgoing connections. */
const FIRST = 20_000
const LAST = 29_999

/**
 * The ports of the services: chosen once, then the same at every start while they are free.
 *
 * @param file - where they are remembered
 */
export async function choosePorts(file: string, log: (line: string) => void): Promise<Ports> {
  const kept = await remembered(file)
  const gateway = await keepOrChoose(kept?.gateway, log)
  const redis = await keepOrChoose(kept?.redis, log, gateway)
  if (gateway !== kept?.gateway || redis !== kept.redis) await writeFile(file, JSON.stringify({ gateway, redis }))
  return { gateway, redis }
}

async function keepOrChoose(kept: number | undefined, log: (line: string) => void, taken = 0): Promise<number> {
  if (kept !== undefined && (await isFree(kept))) return kept
  if (kept !== undefined) log(`端口 ${kept} 被占用，改用其他端口 / Port ${kept} is taken, choosing another`)
  for (;;) {
    const port = randomInt(FIRST, LAST + 1)
    if (port !== taken && (await isFree(port))) return port
  }
}

/** Whether nobody listens on that port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

async function remembered(file: string): Promise<Partial<Ports> | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Partial<Ports>
  } catch {
    return undefined
  }
}
