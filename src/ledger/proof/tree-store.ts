import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import type { Entry } from '../entry.ts'
import { ledgerModels } from '../ledger-model.ts'
import { withLongs } from '../long-numbers-store.ts'
import type { FundPoint } from './checkpoint.ts'
import type { StoredLeaf } from './proof-model.ts'
import { proofModels } from './proof-model.ts'

/** An entry's place in the tree. */
export type Leaf = Omit<StoredLeaf, '_id'>

/** How far a tree has grown. */
export interface TreeState {
  readonly size: number
  /** The newest entry of each fund in it, by fund's id. */
  readonly points: readonly FundPoint[]
}

/** What is needed of an entry to give it a place. */
export type Leafless = Pick<Entry, 'fundId' | 'seq' | 'hash' | 'bookedAt'>

/** The leaves of the counties' trees. They are added, never changed. */
export interface TreeStore {
  state(county: string): Promise<TreeState>
  /**
   * Adds leaves behind a state and moves the state on, both or neither.
   *
   * @returns false when somebody else has moved it on before
   */
  append(county: string, before: TreeState, leaves: readonly Leaf[], after: TreeState): Promise<boolean>
  /** Leaves from an index on, in order. */
  leavesFrom(county: string, index: number): AsyncIterable<Leaf>
  leafOf(county: string, fundId: string, seq: number): Promise<Leaf | undefined>
  /** The next entries of a fund behind a sequence number, oldest first. */
  entriesAfter(county: string, fundId: string, seq: number, upTo: number, limit: number): Promise<Leafless[]>
}

const TRANSACTION = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', j: true },
  readPreference: 'primary',
} as const

/** The trees on a connection. */
export function createTreeStore(connection: Connection): TreeStore {
  const models = proofModels(connection)
  const trees = native(models.trees)
  const leaves = native(models.leaves)
  const entries = native(ledgerModels(connection).entries)

  return {
    async state(county) {
      const found = await trees.findOne({ county, _id: county })
      return { size: found?.size ?? 0, points: (found?.points ?? []) as FundPoint[] }
    },

    async append(county, before, added, after) {
      const session = await connection.startSession()
      try {
        session.startTransaction(TRANSACTION)
        const { size, points } = withLongs({ size: after.size, points: after.points })
        const change = { $set: { size, points } }
        const options = { session, upsert: before.size === 0 }
        const { matchedCount, upsertedCount } = await trees.updateOne(
          { county, _id: county, size: before.size },
          change,
          options,
        )
        if (matchedCount + upsertedCount !== 1) return false
        const rows = added.map((leaf) => withLongs({ _id: `${county}:${leaf.index}`, ...leaf }))
        await leaves.insertMany(rows, { session })
        await session.commitTransaction()
        return true
      } catch (error) {
        if (isDuplicateKey(error) || isConflict(error)) return false
        throw error
      } finally {
        if (session.inTransaction()) await session.abortTransaction().catch(() => undefined)
        await session.endSession()
      }
    },

    async *leavesFrom(county, index) {
      const cursor = leaves
        .find({ county, index: { $gte: index } }, { batchSize: 5_000, projection: { _id: 0 } })
        .sort({ index: 1 })
      for await (const leaf of cursor) yield leaf
    },

    async leafOf(county, fundId, seq) {
      const found = await leaves.findOne({ county, fundId, seq }, { projection: { _id: 0 } })
      return (found as Leaf | null) ?? undefined
    },

    async entriesAfter(county, fundId, seq, upTo, limit) {
      const found = await entries
        .find({ county, fundId, seq: { $gt: seq, $lte: upTo } })
        .project<Leafless>({ _id: 0, fundId: 1, seq: 1, hash: 1, bookedAt: 1 })
        .sort({ seq: 1 })
        .limit(limit)
        .toArray()
      return found
    },
  }
}

function isConflict(error: unknown): boolean {
  const labelled = error as { hasErrorLabel?: (label: string) => boolean }
  return labelled.hasErrorLabel?.('TransientTransactionError') ?? false
}
