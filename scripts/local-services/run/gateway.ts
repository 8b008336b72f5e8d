import { connect } from 'node:net'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from './child.ts'
import { supervise } from './supervise.ts'
import type { Supervised } from './supervise.ts'

export interface GatewayProcessOptions {
  readonly port: number
  readonly postgresSocket: string
  readonly setName: string
  readonly logFile: string
  readonly pidFile: string
  readonly log: (line: string) => void
}

/** Starts the wire gateway in a process of its own and keeps it running. */
export function startGatewayProcess(options: GatewayProcessOptions): Promise<Supervised> {
  const { port, postgresSocket, setName, logFile, pidFile, log } = options
  // The socket also stands in the command line, where a later start can recognise a left-over process.
  const command = [process.execPath, ...gatewayProgram(), postgresSocket] as [string, ...string[]]
  const env = { GATEWAY_PORT: String(port), GATEWAY_SET: setName, NODE_OPTIONS: '' }
  return supervise({
    name: 'Gateway',
    start: () => startChild({ command, env, logFile, pidFile, stopSignal: 'TERM' }),
    ready: () => listening(port),
    log,
    logFile,
  })
}

/** Compiled, it runs as it is; from source, through the same loader as we do. */
function gatewayProgram(): string[] {
  const compiled = import.meta.url.endsWith('.js')
  const main = fileURLToPath(new URL(`../gateway/main.${compiled ? 'js' : 'ts'}`, import.meta.url))
  return compiled ? [main] : ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, main]
}

async function listening(port: number): Promise<void> {
  while (!(await accepts(port))) await sleep(25)
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => finish(true))
    socket.once('error', () => finish(false))

    function finish(open: boolean): void {
      socket.destroy()
      resolve(open)
    }
  })
}
