import { setTimeout as sleep } from 'node:timers/promises'
import { openConnection } from './connection.ts'
import type { PostgresConnection } from './connection.ts'
import { ConnectionLost, PostgresError } from './protocol.ts'
import type { Query, Row } from './protocol.ts'

/** Connections to PostgreSQL, opened when needed and kept. */
export interface Pool {
  /** A connection for the caller alone, until `release`. @throws ConnectionLost when none can be had in time */
  acquire(): Promise<PostgresConnection>
  /** Gives a connection back; with `broken` it is closed instead of kept. */
  release(connection: PostgresConnection, broken?: boolean): void
  /** Runs queries on any connection. */
  run(queries: readonly Query[]): Promise<Row[][]>
  /** Connections in use and idle. */
  counts(): { busy: number; idle: number; waiting: number }
  end(): void
}

export interface PoolOptions {
  /** The server's unix socket. */
  readonly path: string
  readonly settings: Readonly<Record<string, string>>
  /** Most connections open at once. */
  readonly most: number
  /** How long a caller waits for a connection, and for a server that is starting again. Milliseconds. */
  readonly patienceMs: number
}

interface Waiter {
  readonly give: (connection: PostgresConnection) => void
  readonly fail: (error: Error) => void
}

/** A pool. Callers are served in the order they came. */
export function createPool(options: PoolOptions): Pool {
  const idle: PostgresConnection[] = []
  const waiting: Waiter[] = []
  let open = 0
  let ended = false

  async function acquire(): Promise<PostgresConnection> {
    if (ended) throw new ConnectionLost('The gateway is stopping')
    for (let held = idle.pop(); held; held = idle.pop()) {
      if (held.alive) return held
      open -= 1
    }
    if (open >= options.most) return wait()
    open += 1
    try {
      return await openPatiently(options)
    } catch (error) {
      open -= 1
      throw error
    }
  }

  function wait(): Promise<PostgresConnection> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        give: (connection) => {
          clearTimeout(timer)
          resolve(connection)
        },
        fail: (error) => {
          clearTimeout(timer)
          reject(error)
        },
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(waiter), 1)
        reject(new ConnectionLost(`No connection became free within ${options.patienceMs} ms`))
      }, options.patienceMs)
      waiting.push(waiter)
    })
  }

  function release(connection: PostgresConnection, broken = false): void {
    if (broken || ended || !connection.alive) {
      connection.end()
      open -= 1
      serveAnew()
      return
    }
    const next = waiting.shift()
    if (next) next.give(connection)
    else idle.push(connection)
  }

  /** A closed connection leaves room for a new one; the first waiter gets it. */
  function serveAnew(): void {
    const next = waiting.shift()
    if (next) acquire().then(next.give, next.fail)
  }

  return {
    acquire,
    release,
    async run(queries) {
      const connection = await acquire()
      try {
        return await connection.run(queries)
      } finally {
        release(connection)
      }
    },
    counts: () => ({ busy: open - idle.length, idle: idle.length, waiting: waiting.length }),
    end() {
      ended = true
      for (const connection of idle.splice(0)) connection.end()
      for (const waiter of waiting.splice(0)) waiter.fail(new ConnectionLost('The gateway is stopping'))
    },
  }
}

const RETRY_MS = 50

/** SQLSTATE class 57P: the server is starting, stopping or was shut down by an administrator. */
const COMING_BACK = /^57P0/

/** Opens a connection, waiting for a server that is just starting again. */
async function openPatiently(options: PoolOptions): Promise<PostgresConnection> {
  const until = Date.now() + options.patienceMs
  for (;;) {
    try {
      return await openConnection(options.path, options.settings)
    } catch (error) {
      const passing =
        error instanceof ConnectionLost || (error instanceof PostgresError && COMING_BACK.test(error.state))
      if (!passing || Date.now() > until) throw error
      await sleep(RETRY_MS)
    }
  }
}
