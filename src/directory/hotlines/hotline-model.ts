import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Hotline } from './hotline.ts'

const anything = Schema.Types.Mixed

const hotlineSchema = new Schema(
  {
    _id: String,
    county: String,
    number: String,
    name: String,
    level: Number,
    unit: String,
    hours: anything,
    language: String,
    holder: String,
    validFrom: Date,
    validTo: Date,
    version: Number,
  },
  { versionKey: false, collection: 'hotlines' },
)
hotlineSchema.index({ number: 1, holder: 1 }, { unique: true })
hotlineSchema.index({ county: 1, unit: 1 })

/** The collection of hotlines on a connection. */
export function hotlineModel(connection: Connection): Model<Hotline> {
  return (connection.models['Hotline'] ?? connection.model('Hotline', hotlineSchema)) as Model<Hotline>
}
