import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { HouseholdRecord } from './household.ts'
import type { LookRecord } from './look.ts'
import type { PersonRecord } from './person.ts'

const loose = { strict: false, versionKey: false, minimize: false } as const

const personSchema = new Schema(
  { _id: String, county: String, version: Number, identityToken: String },
  { ...loose, collection: 'people' },
)
personSchema.index({ county: 1, tokens: 1 })
personSchema.index(
  { county: 1, identityToken: 1 },
  { unique: true, partialFilterExpression: { identityToken: { $exists: true } } },
)
personSchema.index({ county: 1, usedAt: 1 })

const householdSchema = new Schema(
  { _id: String, county: String, version: Number },
  { ...loose, collection: 'households' },
)

const lookSchema = new Schema({ _id: String, county: String, personId: String }, { ...loose, collection: 'looks' })
lookSchema.index({ county: 1, personId: 1 })

/** Registers the collections of this domain on a connection. */
export function peopleModels(connection: Connection): {
  people: Model<PersonRecord>
  households: Model<HouseholdRecord>
  looks: Model<LookRecord>
} {
  const registered = connection.models
  return {
    people: (registered['Person'] ?? connection.model('Person', personSchema)) as Model<PersonRecord>,
    households: (registered['Household'] ?? connection.model('Household', householdSchema)) as Model<HouseholdRecord>,
    looks: (registered['Look'] ?? connection.model('Look', lookSchema)) as Model<LookRecord>,
  }
}
