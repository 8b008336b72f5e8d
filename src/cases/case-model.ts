import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { CaseRecord } from './case.ts'

/** A case as stored: `isOpen` follows from the state and carries the desks' index. */
export interface StoredCase extends CaseRecord {
  readonly isOpen: boolean
}

const caseSchema = new Schema(
  { _id: String, county: String, no: String, version: Number },
  { strict: false, versionKey: false, minimize: false, collection: 'cases' },
)
caseSchema.index({ county: 1, no: 1 }, { unique: true })
caseSchema.index({ county: 1, unit: 1, isOpen: 1, urgency: 1, nearestDueAt: 1 })
caseSchema.index({ county: 1, 'responsible.staffId': 1, isOpen: 1, urgency: 1, nearestDueAt: 1 })
caseSchema.index({ county: 1, 'firstResponsible.unit': 1, isOpen: 1, receivedAt: 1 })
caseSchema.index({ county: 1, isOpen: 1, urgency: 1, nearestDueAt: 1 })
caseSchema.index({ county: 1, personId: 1, isOpen: 1 })
caseSchema.index({ county: 1, sharedWith: 1, isOpen: 1 })

/** Registers the collection of cases on a connection. */
export function caseModel(connection: Connection): Model<StoredCase> {
  return (connection.models['Case'] ?? connection.model('Case', caseSchema)) as Model<StoredCase>
}
