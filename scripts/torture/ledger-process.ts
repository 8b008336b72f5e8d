import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Crash, Reply, Request } from './ledger-messages.ts'

/** A booking process: takes commands while it lives. */
export interface BookingProcess {
  /** The reply; nothing when the process died before it gave one. */
  ask(request: Omit<Request, 'id'>): Promise<Reply | undefined>
  /** Ends it as a power cut would. */
  kill(): void
  readonly isAlive: boolean
  /** Resolves when it is gone, however it went. */
  readonly gone: Promise<void>
}

/** How a booking process is started. */
export interface BookingOptions {
  /** Where it dies by itself. */
  readonly crash?: Crash
  /** At which pass through that point. */
  readonly pass?: number
  /** Its connections to the database. */
  readonly poolSize?: number
}

/** Starts a booking process and waits until it is ready. */
export async function startBooking(
  uri: string,
  { crash = 'never', pass = 1, poolSize = 24 }: BookingOptions = {},
): Promise<BookingProcess> {
  const isSource = import.meta.url.endsWith('.ts')
  const main = fileURLToPath(new URL(isSource ? './ledger-worker.ts' : './ledger-worker.js', import.meta.url))
  const execArgv = isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []
  const env = { ...process.env, NODE_ENV: 'test', LEDGER_CRASH_AT: `${crash}:${pass}` }
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const
  const child = fork(main, [uri, String(poolSize)], { execArgv, env, stdio: [...stdio] })
  const waiting = new Map<number, (reply: Reply | undefined) => void>()
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void gone.then(() => {
    for (const tell of waiting.values()) tell(undefined)
    waiting.clear()
  })
  await ready(child, gone)
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  let asked = 0
  return {
    ask(request) {
      if (!isRunning(child)) return Promise.resolve(undefined)
      asked += 1
      const id = asked
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        child.send({ ...request, id }, (error) => error && resolve(undefined))
      })
    },
    kill: () => void child.kill('SIGKILL'),
    get isAlive() {
      return isRunning(child)
    },
    gone,
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.connected && child.exitCode === null && child.signalCode === null
}

async function ready(child: ChildProcess, gone: Promise<void>): Promise<void> {
  const said = new Promise<void>((resolve) => child.once('message', () => resolve()))
  const died = gone.then(() => Promise.reject(new Error('The booking process did not start')))
  await Promise.race([said, died])
}
