import type { ClientSession, Connection } from 'mongoose'
import { passCrashPoint } from '../platform/crash-point.ts'
import { isUnknownCommit } from './database-errors.ts'

/** Stated, never left to a default: what is read is of one moment, what is acknowledged is on disk. */
const TRANSACTION = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', j: true },
  readPreference: 'primary',
} as const

/** Runs one transaction once: committed when the body returns, given up when it throws. */
export async function withSession<T>(connection: Connection, body: (session: ClientSession) => Promise<T>): Promise<T> {
  const session = await connection.startSession()
  try {
    session.startTransaction(TRANSACTION)
    const answer = await body(session)
    passCrashPoint('beforeCommit')
    await commit(session)
    passCrashPoint('afterCommitBeforeReply')
    return answer
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction().catch(() => undefined)
    throw error
  } finally {
    await session.endSession()
  }
}

/** A commit whose reply was lost is asked for once more; the database knows whether it happened. */
async function commit(session: ClientSession): Promise<void> {
  try {
    await session.commitTransaction()
  } catch (error) {
    if (!isUnknownCommit(error)) throw error
    await session.commitTransaction()
  }
}
