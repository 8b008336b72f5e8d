import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Window } from './window.ts'

const anything = Schema.Types.Mixed

const windowSchema = new Schema(
  {
    _id: String,
    county: String,
    unit: String,
    name: String,
    place: String,
    hours: anything,
    holderId: String,
    phone: String,
    validFrom: Date,
    validTo: Date,
    version: Number,
  },
  { versionKey: false, collection: 'windows' },
)
windowSchema.index({ county: 1, unit: 1 })

/** The collection of windows on a connection. */
export function windowModel(connection: Connection): Model<Window> {
  return (connection.models['Window'] ?? connection.model('Window', windowSchema)) as Model<Window>
}
