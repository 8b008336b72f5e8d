import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { BankAccount } from './bank-account.ts'
import type { BankLine } from './bank-line.ts'
import type { BankMatch } from './match.ts'

/** The bank's own number for an entry as it is kept, under `entryId`. */
export interface StoredReference {
  readonly _id: string
  readonly county: string
  readonly fundId: string
  readonly reference: string
}

const OPTIONS = { strict: false, versionKey: false, minimize: false } as const

const accountSchema = new Schema({ _id: String, county: String }, { ...OPTIONS, collection: 'bank_accounts' })
accountSchema.index({ county: 1, fundId: 1 }, { unique: true, name: 'account_of_fund' })

const lineSchema = new Schema({ _id: String, county: String }, { ...OPTIONS, collection: 'bank_lines' })
lineSchema.index({ county: 1, account: 1, position: 1 }, { unique: true, name: 'line_place' })
lineSchema.index({ county: 1, fundId: 1, on: 1 })

const matchSchema = new Schema({ _id: String, county: String }, { ...OPTIONS, collection: 'bank_matches' })
matchSchema.index(
  { county: 1, entryId: 1 },
  { unique: true, name: 'match_entry', partialFilterExpression: { entryId: { $exists: true } } },
)
matchSchema.index({ county: 1, fundId: 1, state: 1 })

const referenceSchema = new Schema({ _id: String, county: String }, { ...OPTIONS, collection: 'bank_references' })
referenceSchema.index({ county: 1, fundId: 1 })

/** The collections that hold what the bank says. */
export function bankModels(connection: Connection): {
  accounts: Model<BankAccount>
  lines: Model<BankLine>
  matches: Model<BankMatch>
  references: Model<StoredReference>
} {
  const model = (name: string, schema: Schema): unknown => connection.models[name] ?? connection.model(name, schema)
  return {
    accounts: model('BankAccount', accountSchema) as Model<BankAccount>,
    lines: model('BankLine', lineSchema) as Model<BankLine>,
    matches: model('BankMatch', matchSchema) as Model<BankMatch>,
    references: model('BankReference', referenceSchema) as Model<StoredReference>,
  }
}
