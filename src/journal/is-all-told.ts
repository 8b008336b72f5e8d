import type { Connection } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import { journalModels } from './journal-model.ts'

/**
 * Whether everything committed has reached the screens, and everything that follows from it has been done.
 *
 * A fact moves from the outbox to the reactions, and a reaction leaves new facts in the outbox: only both read at one moment are an answer.
 */
export async function isAllTold(connection: Connection): Promise<boolean> {
  const { outbox, reactions } = journalModels(connection)
  const session = await connection.startSession()
  try {
    session.startTransaction({ readConcern: { level: 'snapshot' } })
    const looked = { session, projection: { _id: 1 } }
    const waiting = (await native(outbox).findOne({}, looked)) ?? (await native(reactions).findOne({}, looked))
    await session.commitTransaction()
    return waiting === null
  } finally {
    await session.endSession()
  }
}
