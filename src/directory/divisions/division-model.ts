import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Division } from './division.ts'

/** Which version of the list stands in the database; counts up with every import that changed something. */
export interface DivisionListHead {
  readonly _id: 'divisions'
  readonly version: number
  readonly at: Date
}

const divisionSchema = new Schema(
  {
    _id: String,
    name: String,
    level: String,
    kind: String,
    county: String,
    validFrom: String,
    validTo: String,
    successors: [String],
    aliases: [String],
    shortNames: [String],
    responsibleUnit: String,
    source: String,
  },
  { versionKey: false, collection: 'divisions' },
)
divisionSchema.index({ county: 1, level: 1, _id: 1 })

const headSchema = new Schema(
  { _id: String, version: Number, at: Date },
  { versionKey: false, collection: 'division_lists' },
)

export interface DivisionModels {
  readonly divisions: Model<Division>
  readonly heads: Model<DivisionListHead>
}

/** The collections of divisions on a connection. */
export function divisionModels(connection: Connection): DivisionModels {
  const { models } = connection
  return {
    divisions: (models['Division'] ?? connection.model('Division', divisionSchema)) as Model<Division>,
    heads: (models['DivisionListHead'] ?? connection.model('DivisionListHead', headSchema)) as Model<DivisionListHead>,
  }
}
