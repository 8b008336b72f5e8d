import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from './postgres/pool.ts'
import type { Statement } from './postgres/protocol.ts'

const END: Statement = {
  name: 'end_predecessors',
  sql: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'gateway' AND pid <> pg_backend_pid()`,
}

/**
 * Ends what a killed gateway left running in PostgreSQL, and waits until it is gone.
 *
 * A commit of the old gateway may still be under way. Only when it has ended one way or the other can the memory of commits
 * tell the client the truth.
 */
export async function endPredecessors(pool: Pool): Promise<void> {
  for (;;) {
    const [left] = await pool.run([{ statement: END }])
    if (!left?.length) return
    await sleep(10)
  }
}
