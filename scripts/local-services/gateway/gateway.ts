import type { Command } from './command.ts'
import { CODE } from './errors.ts'
import { codeOfState } from './errors.ts'
import type { Commits } from './commits.ts'
import type { Cursors } from './cursors.ts'
import type { Pool } from './postgres/pool.ts'
import { PostgresError } from './postgres/protocol.ts'
import type { Query, Row, Statement, Parameter } from './postgres/protocol.ts'
import type { Transactions } from './transactions.ts'

/** What every command handler works with. */
export interface Gateway {
  readonly pool: Pool
  readonly transactions: Transactions
  readonly commits: Commits
  readonly cursors: Cursors
  /** `host:port` under which clients reach the gateway. */
  readonly address: string
  readonly setName: string
  readonly startedAt: number
}

/** Times a statement outside a transaction is run again after it lost a conflict. mongod does the same, without limit. */
const TRIES = 5

/** Runs one statement for a command: inside its transaction, or by itself. */
export async function query(
  gateway: Gateway,
  command: Command,
  statement: Statement,
  parameters: readonly Parameter[],
  writes = false,
): Promise<Row[]> {
  const queries: Query[] = [{ statement, parameters }]
  const { transaction, client } = command
  if (transaction) return first(await gateway.transactions.run(transaction, client, writes, queries))
  for (let tries = 1; ; tries += 1) {
    try {
      return first(await gateway.pool.run(queries))
    } catch (error) {
      const conflict = error instanceof PostgresError && codeOfState(error.state) === CODE.writeConflict
      if (!conflict || tries === TRIES) throw error
    }
  }
}

/** A column of the only row; empty bytes when there is none. */
export function only(rows: readonly Row[], column = 0): Buffer {
  return rows[0]?.[column] ?? Buffer.alloc(0)
}

function first(results: readonly Row[][]): Row[] {
  return results[0] ?? []
}
