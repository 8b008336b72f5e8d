import type { Client } from './client.ts'
import type { TransactionId } from './command.ts'
import type { Commits } from './commits.ts'
import { asFailure, CODE, CommandFailure, TRANSIENT, UNKNOWN_COMMIT } from './errors.ts'
import type { PostgresConnection } from './postgres/connection.ts'
import type { Pool } from './postgres/pool.ts'
import type { Query, Row } from './postgres/protocol.ts'
import { SQL } from './statements.ts'

/** Open transactions: each owns one PostgreSQL connection until it ends. */
export interface Transactions {
  /**
   * Runs queries inside a transaction, beginning it when this is its first command.
   *
   * @param writes - whether the command may change data
   * @throws CommandFailure 251 when the transaction is not known; any failure of the queries, which ends the transaction
   */
  run(id: TransactionId, client: Client, writes: boolean, queries: readonly Query[]): Promise<Row[][]>
  /** Commits; answers for a commit that already happened too. @throws CommandFailure */
  commit(id: TransactionId): Promise<void>
  /** Gives a transaction up. @throws CommandFailure 251 when it is not known */
  abort(id: TransactionId): Promise<void>
  /** Gives up what these sessions, or the client that just went away, had open. */
  abandon(whose: { sessions: readonly string[] } | { client: Client }): Promise<void>
  /** How many are open. */
  count(): number
}

export interface TransactionsOptions {
  readonly pool: Pool
  readonly commits: Commits
  /** Longest a transaction may live. Milliseconds. Source: MongoDB, transactionLifetimeLimitSeconds, 60. */
  readonly lifetimeMs: number
  /** Told when a transaction ends, so that its cursors end with it. */
  readonly onEnd: (session: string) => void
}

interface Open {
  readonly id: TransactionId
  readonly connection: Promise<PostgresConnection>
  readonly timer: NodeJS.Timeout
  begun: boolean
  wrote: boolean
  running: number
  cancelled: boolean
  client: Client
  /** Set while it is being committed or given up, with what is meant to come of it. */
  ending?: { readonly by: 'commit' | 'rollback'; readonly done: Promise<void> }
}

export function createTransactions({ pool, commits, lifetimeMs, onEnd }: TransactionsOptions): Transactions {
  const open = new Map<string, Open>()
  /** Commits during which the connection broke, by session: their last number and the process that was at it. */
  const doubts = new Map<string, { readonly number: bigint; readonly backend: number }>()

  function begin(id: TransactionId, client: Client): Open {
    const timer = setTimeout(() => void giveUp(transaction), lifetimeMs)
    const connection = pool.acquire()
    connection.catch(() => undefined)
    const transaction: Open = {
      id,
      connection,
      timer,
      begun: false,
      wrote: false,
      running: 0,
      cancelled: false,
      client,
    }
    open.set(id.session, transaction)
    return transaction
  }

  function find(id: TransactionId): Open {
    const found = open.get(id.session)
    if (found?.id.number !== id.number || found.ending) throw unknown(id)
    return found
  }

  async function beginAnew(id: TransactionId, client: Client): Promise<Open> {
    const earlier = open.get(id.session)
    if (earlier) await giveUp(earlier)
    doubts.delete(id.session)
    return begin(id, client)
  }

  async function run(transaction: Open, queries: readonly Query[]): Promise<Row[][]> {
    transaction.running += 1
    try {
      const connection = await transaction.connection
      const begins = !transaction.begun
      transaction.begun = true
      const results = await connection.run(begins ? [{ statement: SQL.begin }, ...queries] : queries)
      transaction.running -= 1
      return begins ? results.slice(1) : results
    } catch (error) {
      transaction.running -= 1
      await giveUp(transaction)
      throw asFailure(error, true)
    }
  }

  /** Ends a transaction by the given queries; its connection goes back whatever comes of them. */
  function end(transaction: Open, by: 'commit' | 'rollback', queries: readonly Query[]): Promise<void> {
    clearTimeout(transaction.timer)
    const done = finish(transaction, queries).finally(() => {
      if (open.get(transaction.id.session) === transaction) open.delete(transaction.id.session)
      onEnd(transaction.id.session)
    })
    transaction.ending = { by, done }
    return done
  }

  async function finish(transaction: Open, queries: readonly Query[]): Promise<void> {
    const connection = await transaction.connection
    try {
      await connection.run(queries)
    } catch (error) {
      if (isBroken(error))
        doubts.set(transaction.id.session, { number: transaction.id.number, backend: connection.backend })
      await connection.run([{ statement: SQL.rollback }]).catch(() => undefined)
      throw error
    } finally {
      pool.release(connection, transaction.cancelled)
    }
  }

  /** Rolls back, unless it is ending already; returns when it has ended. */
  async function giveUp(transaction: Open): Promise<void> {
    if (!transaction.ending && transaction.running > 0) await cancel(transaction)
    const done = transaction.ending?.done ?? end(transaction, 'rollback', [{ statement: SQL.rollback }])
    await done.catch(() => undefined)
  }

  /** A cancel may arrive after what it was meant for has ended: the connection is not used for anybody else. */
  async function cancel(transaction: Open): Promise<void> {
    transaction.cancelled = true
    await transaction.connection.then((held) => held.cancel()).catch(() => undefined)
  }

  async function commit(id: TransactionId): Promise<void> {
    const found = open.get(id.session)
    try {
      if (found?.id.number !== id.number || found.ending?.by === 'rollback') await commitAgain(id)
      else await (found.ending?.done ?? end(found, 'commit', commitQueries(found)))
    } catch (error) {
      throw commitFailure(error)
    }
  }

  /** A commit whose first answer was lost is answered as it was; any other is refused. */
  async function commitAgain(id: TransactionId): Promise<void> {
    const doubt = doubts.get(id.session)
    const happened = await commits.happened(id, doubt?.number === id.number ? doubt.backend : 0)
    doubts.delete(id.session)
    if (!happened) throw unknown(id)
  }

  function commitQueries({ id, wrote, begun }: Open): Query[] {
    if (!begun) return []
    return wrote ? [commits.note(id), { statement: SQL.commit }] : [{ statement: SQL.commit }]
  }

  return {
    async run(id, client, writes, queries) {
      const transaction = id.starts ? await beginAnew(id, client) : find(id)
      transaction.client = client
      transaction.wrote ||= writes
      // One that only reads holds nobody up: for it the time counts from its last command, so that a backup may take longer.
      if (!transaction.wrote) transaction.timer.refresh()
      return run(transaction, queries)
    },
    commit,
    async abort(id) {
      await giveUp(find(id))
    },
    async abandon(whose) {
      const theirs = [...open.values()].filter((one) =>
        'client' in whose ? one.client === whose.client : whose.sessions.includes(one.id.session),
      )
      await Promise.all(theirs.map(giveUp))
    },
    count: () => open.size,
  }
}

function unknown(id: TransactionId): CommandFailure {
  return new CommandFailure(CODE.noSuchTransaction, `Transaction ${id.number} is not in progress`, [TRANSIENT])
}

/** A connection that broke, or was ended by the server, leaves open whether the commit happened: the client is told to ask again. */
function commitFailure(error: unknown): CommandFailure {
  if (!isBroken(error)) return asFailure(error, true)
  return new CommandFailure(CODE.shuttingDown, asFailure(error, false).message, ['RetryableWriteError', UNKNOWN_COMMIT])
}

function isBroken(error: unknown): boolean {
  return asFailure(error, false).code === CODE.shuttingDown
}
