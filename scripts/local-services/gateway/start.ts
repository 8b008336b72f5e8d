import { once } from 'node:events'
import type { Socket } from 'node:net'
import { openCommits } from './commits.ts'
import { createCursors } from './cursors.ts'
import { dropCursors } from './commands/read.ts'
import type { Gateway } from './gateway.ts'
import { createPool } from './postgres/pool.ts'
import { createGatewayServer } from './server.ts'
import { endPredecessors } from './predecessors.ts'
import { createTransactions } from './transactions.ts'

export interface GatewayOptions {
  /** Port on 127.0.0.1. */
  readonly port: number
  /** PostgreSQL's unix socket. */
  readonly postgresSocket: string
  /** Name of the replica set to be the only member of. */
  readonly setName: string
  /** Longest a transaction may live. Milliseconds. Default: 60 000, as in MongoDB. */
  readonly lifetimeMs?: number
  readonly log: (line: string) => void
}

/** Connections for single statements. More would not run faster on the few cores of one box. */
const MOST_STATEMENTS = 24

/** Connections for transactions, apart from the others: a transaction's body may wait for a statement outside it. */
const MOST_TRANSACTIONS = 96

/** How long a command waits for PostgreSQL to come back, or for its turn. Milliseconds. */
const PATIENCE_MS = 15_000

const LIFETIME_MS = 60_000
const UPKEEP_MS = 60_000

/** Starts a gateway in this process. */
export async function startGateway(options: GatewayOptions): Promise<{ address: string; stop(): Promise<void> }> {
  const { port, postgresSocket, setName, lifetimeMs = LIFETIME_MS, log } = options
  const settings = { user: 'postgres', database: 'postgres', application_name: 'gateway', client_min_messages: 'error' }
  const pooled = { path: postgresSocket, settings, patienceMs: PATIENCE_MS }
  const statements = createPool({ ...pooled, most: MOST_STATEMENTS })
  const forTransactions = createPool({ ...pooled, most: MOST_TRANSACTIONS })

  await endPredecessors(statements)
  const commits = await openCommits(statements)
  const cursors = createCursors()
  const onEnd = (session: string): void => cursors.endTransaction(session)
  const transactions = createTransactions({ pool: forTransactions, commits, lifetimeMs, onEnd })
  const address = `127.0.0.1:${port}`
  const gateway: Gateway = { pool: statements, transactions, commits, cursors, address, setName, startedAt: Date.now() }

  const server = createGatewayServer(gateway, log)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  const upkeep = setInterval(() => void keepUp(), UPKEEP_MS)

  async function keepUp(): Promise<void> {
    const idle = cursors.dropIdle().map((cursor) => cursor.id)
    try {
      if (idle.length > 0) await dropCursors(idle, gateway)
      await commits.prune()
    } catch (error) {
      log(`upkeep failed, will be tried again: ${String(error)}`)
    }
  }

  return {
    address,
    async stop() {
      clearInterval(upkeep)
      server.close()
      for (const socket of sockets) socket.destroy()
      statements.end()
      forTransactions.end()
      await Promise.resolve()
    },
  }
}
