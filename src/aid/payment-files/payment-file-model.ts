import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { PaymentFile } from './payment-file.ts'

const fileSchema = new Schema(
  { _id: String, county: String, no: String, version: Number },
  { strict: false, versionKey: false, minimize: false, collection: 'payment_files' },
)
fileSchema.index({ county: 1, state: 1, madeAt: -1 })
fileSchema.index({ county: 1, unit: 1, madeAt: -1 })

/** The collection of payment files on a connection. */
export function paymentFileModel(connection: Connection): Model<PaymentFile> {
  return (connection.models['PaymentFile'] ?? connection.model('PaymentFile', fileSchema)) as Model<PaymentFile>
}
