import { connect } from 'node:net'
import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Prefix } from '../setup/prefix.ts'
import { startChild } from './child.ts'
import { supervise } from './supervise.ts'
import type { Supervised } from './supervise.ts'

export interface RedisOptions {
  readonly prefix: Prefix
  readonly port: number
  readonly data: string
  readonly logFile: string
  readonly pidFile: string
  readonly log: (line: string) => void
}

/** Starts Redis with its append-only file, synced once a second, and keeps it running. Nothing is ever evicted. */
export async function startRedis({ prefix, port, data, logFile, pidFile, log }: RedisOptions): Promise<Supervised> {
  await mkdir(data, { recursive: true })
  const settings: Readonly<Record<string, string>> = {
    '--bind': '127.0.0.1',
    '--port': String(port),
    '--dir': data,
    '--appendonly': 'yes',
    '--appendfsync': 'everysec',
    '--save': '',
    '--maxmemory-policy': 'noeviction',
    '--loglevel': 'warning',
    // The command line stays as it is: a later start recognises a left-over process by it.
    '--set-proc-title': 'no',
  }
  const command = [...prefix.program('usr/bin/redis-server'), ...Object.entries(settings).flat()] as [
    string,
    ...string[],
  ]
  return supervise({
    name: 'Redis',
    start: () => startChild({ command, logFile, pidFile, stopSignal: 'TERM' }),
    ready: () => answering(port),
    log,
    logFile,
  })
}

/** Asks until Redis answers a PING: while it loads its file it accepts connections and refuses commands. */
async function answering(port: number): Promise<void> {
  while (!(await ping(port))) await sleep(25)
}

function ping(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.once('data', (data) => finish(data.toString().startsWith('+PONG')))
    socket.once('error', () => finish(false))
    socket.once('close', () => finish(false))

    function finish(answered: boolean): void {
      socket.destroy()
      resolve(answered)
    }
  })
}
