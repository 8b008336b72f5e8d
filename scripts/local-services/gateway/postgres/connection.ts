import { connect } from 'node:net'
import {
  bindAndExecute,
  cancelMessage,
  closeMessage,
  ConnectionLost,
  parseMessage,
  PostgresError,
  readErrorFields,
  readRow,
  startupMessage,
  SYNC,
  TERMINATE,
} from './protocol.ts'
import type { Query, Row } from './protocol.ts'
import { receive } from './receive.ts'

/** One connection to PostgreSQL over its unix socket, in binary form and with prepared statements. */
export interface PostgresConnection {
  /**
   * Sends several queries in one write and gives the rows of each.
   *
   * They are carried out in order; the first that fails keeps the later ones from running.
   *
   * @throws PostgresError, ConnectionLost
   */
  run(queries: readonly Query[]): Promise<Row[][]>
  /** Process id of the server's side. */
  readonly backend: number
  /** Asks the server to give up what this connection is doing. */
  cancel(): void
  /** False once the connection is lost or ended. */
  readonly alive: boolean
  end(): void
}

interface Batch {
  readonly rows: Row[][]
  readonly prepares: readonly string[]
  current: Row[]
  error?: PostgresError
  readonly resolve: (rows: Row[][]) => void
  readonly reject: (error: Error) => void
}

/**
 * Opens a connection.
 *
 * @param path - the server's unix socket
 * @param settings - session settings, e.g. `application_name`
 * @throws PostgresError when refused, ConnectionLost when nobody answers
 */
export function openConnection(path: string, settings: Readonly<Record<string, string>>): Promise<PostgresConnection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path })
    const prepared = new Set<string>()
    const batches: Batch[] = []
    let alive = false
    let cancelKey = Buffer.alloc(0)
    let refusal: PostgresError | undefined

    const connection: PostgresConnection = {
      run: (queries) => new Promise((done, failed) => send(queries, done, failed)),
      cancel: () => {
        const asking = connect({ path }, () => asking.end(cancelMessage(cancelKey)))
        asking.on('error', () => asking.destroy())
      },
      get backend() {
        return cancelKey.length >= 4 ? cancelKey.readInt32BE(0) : 0
      },
      get alive() {
        return alive
      },
      end: () => {
        alive = false
        socket.end(TERMINATE)
      },
    }

    socket.on('connect', () => socket.write(startupMessage(settings)))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      alive = false
      const lost = refusal ?? new ConnectionLost('The connection to PostgreSQL was lost')
      for (const batch of batches.splice(0)) batch.reject(batch.error ?? lost)
      reject(lost)
    })
    receive(socket, (type, body) => take(type, body))

    function send(queries: readonly Query[], done: Batch['resolve'], failed: Batch['reject']): void {
      if (!alive) {
        failed(new ConnectionLost('The connection to PostgreSQL is closed'))
        return
      }
      const parts: Buffer[] = []
      const prepares: string[] = []
      for (const { statement, parameters } of queries) {
        if (!prepared.has(statement.name)) {
          parts.push(parseMessage(statement))
          prepared.add(statement.name)
          prepares.push(statement.name)
        }
        parts.push(bindAndExecute(statement.name, parameters ?? []))
      }
      parts.push(SYNC)
      batches.push({ rows: [], current: [], prepares, resolve: done, reject: failed })
      socket.write(Buffer.concat(parts))
    }

    function take(type: number, body: Buffer): void {
      const batch = batches[0]
      switch (type) {
        case 0x44: // D, a row
          batch?.current.push(readRow(body))
          break
        case 0x43: // C, a query is done
        case 0x49: // I, an empty query is done
          if (batch) batch.rows.push(batch.current)
          if (batch) batch.current = []
          break
        case 0x45: // E, an error
          if (batch) batch.error = new PostgresError(readErrorFields(body))
          else refusal = new PostgresError(readErrorFields(body))
          break
        case 0x4b: // K, what to show when asking to cancel
          cancelKey = Buffer.from(body)
          break
        case 0x5a: // Z, ready
          ready(batch)
          break
      }
    }

    function ready(batch: Batch | undefined): void {
      if (!batch) {
        alive = true
        resolve(connection)
        return
      }
      batches.shift()
      if (!batch.error) {
        batch.resolve(batch.rows)
        return
      }
      for (const name of batch.prepares) prepared.delete(name)
      forget(batch.prepares)
      batch.reject(batch.error)
    }

    /** After a failed batch it is not known which of its statements were parsed: their names are freed. */
    function forget(names: readonly string[]): void {
      if (names.length === 0 || !alive) return
      const closing = names.map((name) => closeMessage(name))
      batches.push({ rows: [], current: [], prepares: [], resolve: () => undefined, reject: () => undefined })
      socket.write(Buffer.concat([...closing, SYNC]))
    }
  })
}
