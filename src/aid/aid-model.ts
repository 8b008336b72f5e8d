import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { DecisionRecord } from './decision.ts'
import type { PaymentFile } from './payment-files/payment-file.ts'
import { paymentFileModel } from './payment-files/payment-file-model.ts'

const decisionSchema = new Schema(
  { _id: String, county: String, id: String, version: Number },
  { strict: false, versionKey: false, minimize: false, collection: 'decisions' },
)
decisionSchema.index({ county: 1, id: 1 }, { unique: true })
decisionSchema.index({ county: 1, caseNo: 1 })
decisionSchema.index({ county: 1, unit: 1, state: 1, decidedAt: 1 })
decisionSchema.index({ county: 1, personId: 1, decidedAt: 1 })
decisionSchema.index({ county: 1, householdId: 1, decidedAt: 1 })
decisionSchema.index({ county: 1, state: 1, decidedAt: 1 })

function decisionModel(connection: Connection): Model<DecisionRecord> {
  return (connection.models['Decision'] ?? connection.model('Decision', decisionSchema)) as Model<DecisionRecord>
}

/** Registers the collections of aid on a connection. */
export function aidModels(connection: Connection): {
  decisions: Model<DecisionRecord>
  files: Model<PaymentFile>
} {
  return { decisions: decisionModel(connection), files: paymentFileModel(connection) }
}
