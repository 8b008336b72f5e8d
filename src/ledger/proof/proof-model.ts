import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Seal } from '../periods/seal.ts'
import type { Checkpoint, FundPoint } from './checkpoint.ts'
import type { LedgerKey } from './ledger-key.ts'

/** An entry's place in the tree of its county. */
export interface StoredLeaf {
  /** `county:index`. */
  readonly _id: string
  readonly county: string
  /** 0, 1, 2 … without gaps. */
  readonly index: number
  readonly fundId: string
  readonly seq: number
  /** The entry's hash. */
  readonly hash: string
}

/** How far the tree of a county has grown. */
export interface StoredTree {
  /** The county. */
  readonly _id: string
  readonly county: string
  readonly size: number
  /** The newest entry of each fund that stands in the tree. */
  readonly points: readonly FundPoint[]
}

/** What a witness said of a checkpoint. */
export interface Cosignature {
  readonly county: string
  readonly size: number
  readonly name: string
  /** 32 bytes, base64. */
  readonly publicKey: string
  /** The line under the note. */
  readonly line: string
  /** When the witness says it looked. RFC 3339. */
  readonly at: string
}

export type StoredCosignature = Cosignature & { readonly _id: string }
export type StoredCheckpoint = Checkpoint & { readonly _id: string }
export type StoredSeal = Seal & { readonly _id: string }
export type StoredKey = LedgerKey & { readonly _id: string }

const OPTIONS = { strict: false, versionKey: false, minimize: false } as const

function collection(name: string): Schema {
  return new Schema({ _id: String, county: String }, { ...OPTIONS, collection: name })
}

const leafSchema = collection('ledger_leaves')
leafSchema.index({ county: 1, index: 1 }, { unique: true, name: 'leaf_place' })
leafSchema.index({ county: 1, fundId: 1, seq: 1 }, { unique: true, name: 'leaf_entry' })

const checkpointSchema = collection('ledger_checkpoints')
checkpointSchema.index({ county: 1, size: 1 }, { unique: true, name: 'checkpoint_size' })

const cosignatureSchema = collection('ledger_cosignatures')
cosignatureSchema.index({ county: 1, size: 1 })

const sealSchema = collection('ledger_seals')
sealSchema.index({ county: 1, fundId: 1, period: 1 }, { unique: true, name: 'seal_month' })
sealSchema.index({ county: 1, period: 1 })

const keySchema = collection('ledger_keys')
keySchema.index({ no: 1 }, { unique: true, name: 'key_no' })

/** The collections of the ledger's proofs on a connection. */
export function proofModels(connection: Connection): {
  trees: Model<StoredTree>
  leaves: Model<StoredLeaf>
  checkpoints: Model<StoredCheckpoint>
  cosignatures: Model<StoredCosignature>
  seals: Model<StoredSeal>
  keys: Model<StoredKey>
} {
  const model = (name: string, schema: Schema): unknown => connection.models[name] ?? connection.model(name, schema)
  return {
    trees: model('LedgerTree', TREE_SCHEMA) as Model<StoredTree>,
    leaves: model('LedgerLeaf', leafSchema) as Model<StoredLeaf>,
    checkpoints: model('LedgerCheckpoint', checkpointSchema) as Model<StoredCheckpoint>,
    cosignatures: model('LedgerCosignature', cosignatureSchema) as Model<StoredCosignature>,
    seals: model('LedgerSeal', sealSchema) as Model<StoredSeal>,
    keys: model('LedgerKey', keySchema) as Model<StoredKey>,
  }
}

const TREE_SCHEMA = collection('ledger_trees')
