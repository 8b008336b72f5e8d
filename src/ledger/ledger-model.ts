import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Entry } from './entry.ts'
import type { FundHead } from './fund.ts'
import type { Hold } from './hold.ts'
import type { ProposalRecord } from './proposals/proposal.ts'
import type { SubBalance } from './sub-account.ts'

/** A head as stored, under its fund's id. */
export type StoredHead = Omit<FundHead, 'fundId'> & { readonly _id: string; readonly doc: 'head' }

/** A hold as stored, under its own id behind a mark. */
export type StoredHold = Omit<Hold, 'holdId'> & { readonly _id: string; readonly doc: 'hold' }

/** A part of an account as stored, under its key. */
export type StoredPart = SubBalance & { readonly _id: string; readonly doc: 'part'; readonly county: string }

/** What follows from the entries and changes with them; one collection, so that one command reads and one writes all of it. */
export type StoredBook = StoredHead | StoredHold | StoredPart

const OPTIONS = { strict: false, versionKey: false, minimize: false } as const

const bookSchema = new Schema({ _id: String, county: String, doc: String }, { ...OPTIONS, collection: 'ledger_books' })
// One index only: every posting changes a head, a hold and a part, and pays for each index three times. Heads and open parts of a county
// are few; what grows are the holds that have ended.
bookSchema.index({ county: 1, doc: 1, status: 1, fundId: 1 })

const entrySchema = new Schema({ _id: String, county: String }, { ...OPTIONS, collection: 'ledger_entries' })
// Not declared unique: the id is made of fund and sequence number, so it cannot be taken twice.
entrySchema.index({ county: 1, fundId: 1, seq: -1 }, { name: 'entry_order' })
entrySchema.index({ county: 1, key: 1, line: 1 }, { unique: true, name: 'entry_key' })
entrySchema.index({ county: 1, 'source.type': 1, 'source.id': 1, kind: 1 }, { unique: true, name: 'entry_source' })
entrySchema.index({ county: 1, caseNo: 1, bookedAt: 1 })
entrySchema.index(
  { county: 1, reverses: 1 },
  { unique: true, name: 'entry_reverses', partialFilterExpression: { reverses: { $exists: true } } },
)

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

const proposalSchema = new Schema({ _id: String, county: String }, { ...OPTIONS, collection: 'ledger_proposals' })
proposalSchema.index({ county: 1, fundId: 1, proposedAt: -1 })
proposalSchema.index({ county: 1, state: 1, proposedAt: 1 })
proposalSchema.index(
  { county: 1, openKey: 1 },
  { unique: true, name: 'proposal_open', partialFilterExpression: { openKey: { $exists: true } } },
)

/** The collections of the ledger on a connection. */
export function ledgerModels(connection: Connection): {
  books: Model<StoredBook>
  entries: Model<Entry>
  proposals: Model<ProposalRecord>
} {
  const model = (name: string, schema: Schema): unknown => connection.models[name] ?? connection.model(name, schema)
  return {
    books: model('LedgerBook', bookSchema) as Model<StoredBook>,
    entries: model('LedgerEntry', entrySchema) as Model<Entry>,
    proposals: model('LedgerProposal', proposalSchema) as Model<ProposalRecord>,
  }
}
