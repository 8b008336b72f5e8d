import type { ClientSession, Connection } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { native, replaceVersion } from '../platform/mongo/index.ts'
import { DomainError } from '../shared/errors.ts'
import type { HouseholdRecord } from './household.ts'
import { peopleModels } from './person-model.ts'

/** The queries this domain needs of households. Every one begins with the county. */
export interface HouseholdStore {
  find(county: string, householdId: string, session?: ClientSession): Promise<HouseholdRecord | null>
  findMany(county: string, householdIds: readonly string[]): Promise<readonly HouseholdRecord[]>
  /** Inside a transaction: the household, or `household.not_found`. */
  get(tx: Tx, householdId: string): Promise<HouseholdRecord>
  insert(tx: Tx, household: HouseholdRecord): Promise<void>
  /** Saves over exactly the version that was read. @throws DomainError `version.stale` */
  save(tx: Tx, before: HouseholdRecord, after: HouseholdRecord): Promise<HouseholdRecord>
}

export function createHouseholdStore(connection: Connection): HouseholdStore {
  const households = native(peopleModels(connection).households)

  const find: HouseholdStore['find'] = async (county, householdId, session) =>
    households.findOne<HouseholdRecord>({ county, _id: householdId }, session ? { session } : {})

  return {
    find,
    async findMany(county, householdIds) {
      if (householdIds.length === 0) return []
      return await households.find({ county, _id: { $in: [...householdIds] } }).toArray()
    },
    async get(tx, householdId) {
      const found = await find(tx.county, householdId, tx.session)
      if (!found) throw new DomainError('household.not_found', `No household ${householdId}`, { householdId })
      return found
    },
    async insert(tx, household) {
      await households.insertOne(household, { session: tx.session })
    },
    save: (tx, before, after) => replaceVersion(households, tx, before, { ...after, updatedAt: tx.at }),
  }
}
