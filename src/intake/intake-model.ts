import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { IntakeRecord } from './intake.ts'

const intakeSchema = new Schema(
  { _id: String, county: String, no: String, version: Number },
  { strict: false, versionKey: false, minimize: false, collection: 'intakes' },
)
intakeSchema.index({ county: 1, no: 1 }, { unique: true })
intakeSchema.index({ county: 1, phoneTokens: 1, _id: 1 })
intakeSchema.index({ county: 1, caseNo: 1 })
intakeSchema.index({ county: 1, 'takenBy.unit': 1, _id: 1 })

/** Registers the collection of intakes on a connection. */
export function intakeModel(connection: Connection): Model<IntakeRecord> {
  return (connection.models['Intake'] ?? connection.model('Intake', intakeSchema)) as Model<IntakeRecord>
}
