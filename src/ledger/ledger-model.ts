import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Entry } from './entry.ts'
import type { FundHead } from './fund.ts'
import type { Hold } from './hold.ts'
import type { SubBalance } from './sub-account.ts'

/** A head as stored, under its fund's id. */
export type StoredHead = Omit<FundHead, 'fundId'> & { readonly _id: string }

/** A hold as stored, under its own id. */
export type StoredHold = Omit<Hold, 'holdId'> & { readonly _id: string }

/** A part of an account as stored, under its key. */
export type StoredSub = SubBalance & { readonly _id: string; readonly county: string }

const OPTIONS = { strict: false, versionKey: false, minimize: false } as const

const fundSchema = new Schema({ _id: String, county: String }, { ...OPTIONS, collection: 'funds' })
fundSchema.index({ county: 1, kind: 1, _id: 1 })

const entrySchema = new Schema({ _id: String, county: String }, { ...OPTIONS, collection: 'ledger_entries' })
entrySchema.index({ county: 1, fundId: 1, seq: 1 }, { unique: true, name: 'entry_place' })
entrySchema.index({ county: 1, key: 1, line: 1 }, { unique: true, name: 'entry_key' })
entrySchema.index({ county: 1, 'source.type': 1, 'source.id': 1, kind: 1 }, { unique: true, name: 'entry_source' })
entrySchema.index({ county: 1, caseNo: 1, bookedAt: 1 })

const holdSchema = new Schema({ _id: String, county: String }, { ...OPTIONS, collection: 'ledger_holds' })
holdSchema.index({ county: 1, fundId: 1, status: 1, openSeq: 1 })
holdSchema.index({ county: 1, status: 1, expiresAt: 1 })
holdSchema.index({ county: 1, 'source.type': 1, 'source.id': 1 })

const subSchema = new Schema({ _id: String, county: String }, { ...OPTIONS, collection: 'ledger_subs' })
subSchema.index({ county: 1, fundId: 1, account: 1, since: 1 })

/** Entries are added, never changed: a correction is another entry. */
for (const operation of [
  'updateOne',
  'updateMany',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
  'findOneAndDelete',
  'findOneAndReplace',
  'replaceOne',
] as const)
  entrySchema.pre(operation, () => {
    throw new Error('Ledger entries are append-only')
  })

/** The collections of the ledger on a connection. */
export function ledgerModels(connection: Connection): {
  funds: Model<StoredHead>
  entries: Model<Entry>
  holds: Model<StoredHold>
  subs: Model<StoredSub>
} {
  const model = (name: string, schema: Schema): unknown => connection.models[name] ?? connection.model(name, schema)
  return {
    funds: model('Fund', fundSchema) as Model<StoredHead>,
    entries: model('LedgerEntry', entrySchema) as Model<Entry>,
    holds: model('LedgerHold', holdSchema) as Model<StoredHold>,
    subs: model('LedgerSub', subSchema) as Model<StoredSub>,
  }
}
