import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from './postgres/pool.ts'
import { ConnectionLost } from './postgres/protocol.ts'
import type { Query, Statement } from './postgres/protocol.ts'
import type { TransactionId } from './command.ts'

/**
 * The memory of commits: per session the number of its last committed transaction, written inside that transaction.
 *
 * It tells a commit whose answer was lost from one that never happened. MongoDB keeps the same in `config.transactions`.
 */
export interface Commits {
  /** To be carried out right before COMMIT. */
  note(id: TransactionId): Query
  /**
   * Whether that transaction was committed within the last hour.
   *
   * @param backend - process id of PostgreSQL's side when its connection broke during the commit; until that process is
   *   gone for good its commit may be on disk and not yet to be seen, so it is waited for
   * @throws ConnectionLost when it cannot be told yet
   */
  happened(id: TransactionId, backend?: number): Promise<boolean>
  /** Forgets what is older than an hour. */
  prune(): Promise<void>
}

/** Longest wait for a process that ends. Milliseconds. */
const PATIENCE_MS = 10_000

const CREATE: Statement = {
  name: 'commits_create',
  sql: `CREATE TABLE IF NOT EXISTS public.gateway_commits (
          session text PRIMARY KEY, number bigint NOT NULL, at timestamptz NOT NULL DEFAULT now()
        ) WITH (fillfactor = 50)`,
}

const NOTE: Statement = {
  name: 'commits_note',
  sql: `INSERT INTO public.gateway_commits (session, number) VALUES ($1, $2::text::bigint)
        ON CONFLICT (session) DO UPDATE SET number = excluded.number, at = now()`,
}

const HAPPENED: Statement = {
  name: 'commits_happened',
  sql: 'SELECT 1 FROM public.gateway_commits WHERE session = $1 AND number = $2::text::bigint',
}

const BACKEND: Statement = {
  name: 'commits_backend',
  sql: 'SELECT 1 FROM pg_stat_activity WHERE pid = $1::text::int',
}

const PRUNE: Statement = {
  name: 'commits_prune',
  sql: `DELETE FROM public.gateway_commits WHERE at < now() - interval '1 hour'`,
}

/** Makes the table if it is missing. */
export async function openCommits(pool: Pool): Promise<Commits> {
  await pool.run([{ statement: CREATE }])
  return {
    note: (id) => ({ statement: NOTE, parameters: [id.session, String(id.number)] }),
    async happened(id, backend = 0) {
      const asked: Query = { statement: HAPPENED, parameters: [id.session, String(id.number)] }
      const until = Date.now() + PATIENCE_MS
      while (Date.now() < until) {
        // In this order: what the process did before it went is seen by the statement after.
        const [still, found] = await pool.run([{ statement: BACKEND, parameters: [String(backend)] }, asked])
        if (still?.length === 0) return (found?.length ?? 0) > 0
        await sleep(20)
      }
      throw new ConnectionLost('It cannot be told yet whether the commit happened')
    },
    async prune() {
      await pool.run([{ statement: PRUNE }])
    },
  }
}
