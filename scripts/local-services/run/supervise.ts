import { setTimeout as sleep } from 'node:timers/promises'
import type { Child } from './child.ts'

/** A service that is kept running. */
export interface Supervised {
  /** Its present process; 0 between two. */
  pid(): number
  stop(): Promise<void>
}

export interface Service {
  readonly name: string
  start(): Child
  /** Settles when the service answers. */
  ready(): Promise<void>
  readonly log: (line: string) => void
  /** Where it says what is the matter. */
  readonly logFile: string
}

const FIRST_DELAY_MS = 200
const LONGEST_DELAY_MS = 5_000
const READY_MS = 60_000

/** A service that ran this long has recovered: the next restart comes quickly again. Milliseconds. */
const HEALTHY_MS = 10_000

/**
 * Starts a service, waits until it answers, and starts it again whenever it ends by itself.
 *
 * @throws Error when the first start does not come up
 */
export async function supervise(service: Service): Promise<Supervised> {
  let stopping = false
  let child = service.start()
  await comeUp(service, child).catch(async (error: unknown) => {
    await child.stop()
    throw error
  })
  void watch()

  async function watch(): Promise<void> {
    for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
      const since = Date.now()
      const how = await child.ended
      if (isStopping()) return
      if (Date.now() - since > HEALTHY_MS) delay = FIRST_DELAY_MS
      service.log(`${service.name} 意外停止 / stopped (${how}), starting again in ${delay / 1000} s`)
      await sleep(delay)
      if (isStopping()) return
      child = service.start()
      await comeUp(service, child).then(
        () => service.log(`${service.name} 已恢复 / is back`),
        (error: unknown) => service.log(String(error)),
      )
    }
  }

  /** Asked anew each time: it changes while we wait. */
  function isStopping(): boolean {
    return stopping
  }

  return {
    pid: () => child.pid(),
    async stop() {
      stopping = true
      await child.stop()
    },
  }
}

/** Waits until the service answers. @throws Error when it ends, or takes too long */
async function comeUp(service: Service, child: Child): Promise<void> {
  const gone = child.ended.then((how) =>
    Promise.reject(new Error(`${service.name} did not start (${how}): see ${service.logFile}`)),
  )
  const late = sleep(READY_MS, undefined, { ref: false }).then(() =>
    Promise.reject(new Error(`${service.name} did not answer within ${READY_MS / 1000} s: see ${service.logFile}`)),
  )
  await Promise.race([service.ready(), gone, late])
}
