import type { Pool } from './postgres/pool.ts'
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
  /** Whether that transaction was committed within the last hour. */
  happened(id: TransactionId): Promise<boolean>
  /** Forgets what is older than an hour. */
  prune(): Promise<void>
}

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

const PRUNE: Statement = {
  name: 'commits_prune',
  sql: `DELETE FROM public.gateway_commits WHERE at < now() - interval '1 hour'`,
}

/** Makes the table if it is missing. */
export async function openCommits(pool: Pool): Promise<Commits> {
  await pool.run([{ statement: CREATE }])
  return {
    note: (id) => ({ statement: NOTE, parameters: [id.session, String(id.number)] }),
    async happened(id) {
      const [rows] = await pool.run([{ statement: HAPPENED, parameters: [id.session, String(id.number)] }])
      return (rows?.length ?? 0) > 0
    },
    async prune() {
      await pool.run([{ statement: PRUNE }])
    },
  }
}
