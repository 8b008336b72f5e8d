import type { ClientSession, Connection } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import type { CalendarTable } from './calendar-table.ts'
import { policyModels } from './policy-model.ts'
import type { PolicyValue } from './policy-value.ts'

/** Everything recorded for a county and the scopes above it. */
export interface PolicyRecords {
  readonly values: readonly PolicyValue[]
  readonly tables: readonly CalendarTable[]
}

/** The queries of parameters and calendars. Every one begins with the county (or the wider scope that owns the record). */
export interface PolicyStore {
  /** @param owners - the county and the scopes above it */
  read(owners: readonly string[], session?: ClientSession): Promise<PolicyRecords>
  /** A text that differs whenever something was recorded for one of the owners. */
  versionOf(owners: readonly string[]): Promise<string>
  add(values: readonly PolicyValue[], session?: ClientSession): Promise<void>
  addTable(table: CalendarTable, session?: ClientSession): Promise<void>
  /** Adds those whose id is not there yet; answers how many were new. */
  addMissing(county: string, values: readonly PolicyValue[]): Promise<number>
}

export function createPolicyStore(connection: Connection): PolicyStore {
  const models = policyModels(connection)
  const [values, tables, versions] = [native(models.values), native(models.tables), native(models.versions)]
  const inSession = (session?: ClientSession) => (session ? { session } : {})

  const countUp = async (county: string, session?: ClientSession): Promise<void> => {
    await versions.updateOne(
      { _id: county },
      { $inc: { version: 1 }, $setOnInsert: { county } },
      { upsert: true, ...inSession(session) },
    )
  }

  return {
    async read(owners, session) {
      const ofOwners = { county: { $in: [...owners] } }
      return {
        values: await values.find(ofOwners, inSession(session)).toArray(),
        tables: await tables.find(ofOwners, inSession(session)).toArray(),
      }
    },

    async versionOf(owners) {
      const found = await versions.find({ _id: { $in: [...owners] } }).toArray()
      return owners.map((owner) => found.find(({ _id }) => _id === owner)?.version ?? 0).join('.')
    },

    async add(added, session) {
      await values.insertMany([...added], inSession(session))
      for (const county of new Set(added.map((value) => value.county))) await countUp(county, session)
    },

    async addTable(table, session) {
      await tables.insertOne(table, inSession(session))
      await countUp(table.county, session)
    },

    async addMissing(county, wanted) {
      const ids = wanted.map(({ _id }) => _id)
      const there = await values.find({ county, _id: { $in: ids } }, { projection: { _id: 1 } }).toArray()
      const present = new Set(there.map(({ _id }) => _id))
      const missing = wanted.filter(({ _id }) => !present.has(_id))
      for (const value of missing) await values.updateOne({ _id: value._id }, { $setOnInsert: value }, { upsert: true })
      if (missing.length > 0) await countUp(county)
      return missing.length
    },
  }
}
