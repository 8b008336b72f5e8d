import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { ConferenceItem } from './item.ts'

const itemSchema = new Schema(
  { _id: String, county: String, id: String, version: Number },
  { strict: false, versionKey: false, minimize: false, collection: 'conference_items' },
)
itemSchema.index({ county: 1, id: 1 }, { unique: true })
itemSchema.index({ county: 1, state: 1, urgency: 1, proposedAt: 1 })
itemSchema.index({ county: 1, calledUnits: 1, state: 1 })
itemSchema.index({ county: 1, caseNo: 1 })
itemSchema.index(
  { county: 1, 'resolution.no': 1 },
  { unique: true, partialFilterExpression: { 'resolution.no': { $exists: true } } },
)

/** Registers the conference's collection on a connection. */
export function conferenceModels(connection: Connection): { items: Model<ConferenceItem> } {
  return {
    items: (connection.models['ConferenceItem'] ??
      connection.model('ConferenceItem', itemSchema)) as Model<ConferenceItem>,
  }
}
