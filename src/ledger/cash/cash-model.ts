import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { CashCount } from './cash-count.ts'

const countSchema = new Schema(
  { _id: String, county: String, version: Number },
  { strict: false, versionKey: false, minimize: false, collection: 'cash_counts' },
)
countSchema.index({ county: 1, fundId: 1, countedAt: -1 })
countSchema.index(
  { county: 1, fundId: 1, state: 1 },
  { unique: true, name: 'open_count', partialFilterExpression: { state: { $eq: 'ENTERED' } } },
)

/** The collection of cash counts on a connection. */
export function cashCountModel(connection: Connection): Model<CashCount> {
  return (connection.models['CashCount'] ?? connection.model('CashCount', countSchema)) as Model<CashCount>
}
