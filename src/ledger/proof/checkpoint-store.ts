import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import { withLongs } from '../long-numbers-store.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { LedgerKey } from './ledger-key.ts'
import type { Cosignature } from './proof-model.ts'
import { proofModels } from './proof-model.ts'

/** Checkpoints, what witnesses said of them, and the keys that signed them. Each is written once and stays. */
export interface CheckpointStore {
  /** Keeps the first checkpoint of a size. @returns the one that is kept */
  add(checkpoint: Checkpoint): Promise<Checkpoint>
  at(county: string, size: number): Promise<Checkpoint | undefined>
  newest(county: string): Promise<Checkpoint | undefined>
  /** The smallest checkpoint with at least so many entries. */
  covering(county: string, size: number): Promise<Checkpoint | undefined>
  /** Newest first. */
  list(county: string, limit?: number): Promise<Checkpoint[]>
  /** Keeps a witness's first statement of a size. */
  addCosignature(cosignature: Cosignature): Promise<void>
  /** Statements about a checkpoint, or about all of a county. */
  cosignatures(county: string, size?: number): Promise<Cosignature[]>
  /** By number. */
  keys(): Promise<LedgerKey[]>
  /** @returns false when a key of that number is there already */
  addKey(key: LedgerKey): Promise<boolean>
}

/** Most checkpoints shown at once. */
const SHOWN = 400

/** The checkpoints on a connection. */
export function createCheckpointStore(connection: Connection): CheckpointStore {
  const models = proofModels(connection)
  const checkpoints = native(models.checkpoints)
  const cosignatures = native(models.cosignatures)
  const keys = native(models.keys)
  const one = async (where: object, order: 1 | -1): Promise<Checkpoint | undefined> => {
    const found = await checkpoints.find(where, WITHOUT_ID).sort({ size: order }).limit(1).toArray()
    return found[0]
  }

  return {
    async add(checkpoint) {
      const { county, size } = checkpoint
      await insertOnce(() => checkpoints.insertOne(withLongs({ _id: `${county}:${size}`, ...checkpoint })))
      return (await one({ county, size }, 1)) as Checkpoint
    },
    at: (county, size) => one({ county, size }, 1),
    newest: (county) => one({ county }, -1),
    covering: (county, size) => one({ county, size: { $gte: size } }, 1),
    async list(county, limit = SHOWN) {
      const found = await checkpoints.find({ county }, WITHOUT_ID).sort({ size: -1 }).limit(limit).toArray()
      return found
    },
    async addCosignature(cosignature) {
      const { county, size, publicKey } = cosignature
      await insertOnce(() =>
        cosignatures.insertOne(withLongs({ _id: `${county}:${size}:${publicKey}`, ...cosignature })),
      )
    },
    async cosignatures(county, size) {
      const where = size === undefined ? { county } : { county, size }
      const found = await cosignatures.find(where, WITHOUT_ID).sort({ size: 1, name: 1 }).toArray()
      return found
    },
    async keys() {
      return await keys.find({}, WITHOUT_ID).sort({ no: 1 }).toArray()
    },
    addKey: (key) => insertOnce(() => keys.insertOne(withLongs({ _id: key.fingerprint, ...key }))),
  }
}

const WITHOUT_ID = { projection: { _id: 0 } } as const

async function insertOnce(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert()
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}
