import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Deadline } from './deadline.ts'

const deadlineSchema = new Schema(
  { _id: String, county: String, subject: String, name: String, state: String, dueAt: Date, version: Number },
  { strict: false, versionKey: false, minimize: false, collection: 'deadlines' },
)
deadlineSchema.index({ county: 1, subject: 1 })
deadlineSchema.index({ county: 1, state: 1, nextAt: 1 })
deadlineSchema.index({ county: 1, unit: 1, isOpen: 1, dueAt: 1 })
deadlineSchema.index({ county: 1, staffId: 1, isOpen: 1 })

/** Registers the collection of deadlines on a connection. */
export function deadlineModel(connection: Connection): Model<Deadline> {
  return (connection.models['Deadline'] ?? connection.model('Deadline', deadlineSchema)) as Model<Deadline>
}
