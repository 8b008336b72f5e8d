import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Unit } from './unit.ts'

const unitSchema = new Schema(
  {
    _id: String,
    county: String,
    kind: String,
    name: String,
    shortName: String,
    divisionCode: String,
    parent: String,
    phone: String,
    validFrom: Date,
    validTo: Date,
    version: Number,
  },
  { versionKey: false, collection: 'units' },
)
unitSchema.index({ county: 1, kind: 1, _id: 1 })
unitSchema.index({ county: 1, parent: 1 })

/** The collection of units on a connection. */
export function unitModel(connection: Connection): Model<Unit> {
  return (connection.models['Unit'] ?? connection.model('Unit', unitSchema)) as Model<Unit>
}
