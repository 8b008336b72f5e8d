import type { Connection } from 'mongoose'

/**
 * Refuses a database that cannot keep several writes together.
 *
 * @throws Error with one line that says what to do, when the server is a standalone
 */
export async function requireTransactions(connection: Connection): Promise<void> {
  const hello = (await connection.db?.command({ hello: 1 })) as { setName?: string; msg?: string } | undefined
  const isSharded = hello?.msg === 'isdbgrid'
  if (hello?.setName === undefined && !isSharded)
    throw new Error(
      '数据库是单机实例，不支持事务；请改用副本集 · The database is a standalone without transactions: point MONGODB_URI at a replica set.',
    )
}
