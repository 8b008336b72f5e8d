import type { Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import type { Reset } from './reset.ts'
import { resetModel } from './reset-model.ts'

/** Reads and writes resets of passwords and second factors. */
export interface ResetStore {
  find(county: string, id: string, tx: Tx): Promise<Reset | undefined>
  /** The resets of a county, or of one person, that wait for the second administrator; oldest first. */
  open(county: string, at: Date, options?: { staffId?: string; tx?: Tx }): Promise<readonly Reset[]>
  insert(reset: Reset, tx: Tx): Promise<void>
  /** Settles one that still waits. False when it does not. */
  settle(reset: Reset, state: 'confirmed' | 'withdrawn', staffId: string, tx: Tx): Promise<boolean>
}

/** Most resets listed. */
const PAGE = 100

export function createResetStore(connection: Connection): ResetStore {
  const resets = native(resetModel(connection))
  return {
    async find(county, id, tx) {
      return (await resets.findOne<Reset>({ county, _id: id }, { session: tx.session })) ?? undefined
    },
    async open(county, at, { staffId, tx } = {}) {
      const filter = { county, state: 'asked' as const, expiresAt: { $gt: at }, ...(staffId ? { staffId } : {}) }
      const found = resets.find(filter, tx ? { session: tx.session } : {})
      return await found.sort({ askedAt: 1 }).limit(PAGE).toArray()
    },
    async insert(reset, tx) {
      await resets.insertOne(reset, { session: tx.session })
    },
    async settle({ county, _id }, state, settledBy, tx) {
      const done = await resets.updateOne(
        { county, _id, state: 'asked' },
        { $set: { state, settledBy, settledAt: tx.at } },
        { session: tx.session },
      )
      return done.matchedCount === 1
    },
  }
}
