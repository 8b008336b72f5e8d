import type { Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { isDuplicateKeyIn } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { createCountyCache } from '../county-cache.ts'
import type { Unit } from './unit.ts'
import { createUnitBook } from './unit-book.ts'
import type { UnitBook } from './unit-book.ts'
import { unitModel } from './unit-model.ts'

/** Reads and writes units. */
export interface UnitStore {
  /** All units of a county, also those that ended, at most two seconds old. */
  book(county: string): Promise<UnitBook>
  find(county: string, id: string, tx?: Tx): Promise<Unit | undefined>
  /** Units whose parent it is and that have not ended at the moment. */
  hasOpenChildren(county: string, id: string, tx: Tx): Promise<boolean>
  /** @throws DomainError `unit.exists` */
  insert(unit: Unit, tx: Tx): Promise<void>
  /** Replaces the version that was read. False when somebody else was faster. */
  replace(unit: Unit, readVersion: number, tx: Tx): Promise<boolean>
  /** Makes the next reader of the book see a change of this process at once. */
  forget(county: string): void
  /** Codes of the counties served here. */
  counties(): Promise<readonly string[]>
  /** Whether the database holds any unit at all. */
  isEmpty(tx?: Tx): Promise<boolean>
}

/** How long another process's change may stay unseen. Milliseconds. */
const BOOK_MS = 2_000

export function createUnitStore(connection: Connection): UnitStore {
  const units = native(unitModel(connection))
  const books = createCountyCache(async (county) => {
    const found = await units.find({ county }).sort({ _id: 1 }).toArray()
    return createUnitBook(found)
  }, BOOK_MS)

  return {
    book: (county) => books.of(county),
    forget: (county) => books.forget(county),
    async find(county, id, tx) {
      return (await units.findOne<Unit>({ county, _id: id }, tx ? { session: tx.session } : {})) ?? undefined
    },
    async hasOpenChildren(county, id, tx) {
      const child = await units.findOne(
        { county, parent: id, $or: [{ validTo: { $exists: false } }, { validTo: { $gt: tx.at } }] },
        { session: tx.session, projection: { _id: 1 } },
      )
      return child !== null
    },
    async insert(unit, tx) {
      await units.insertOne(unit, { session: tx.session }).catch((error: unknown) => {
        if (!isDuplicateKeyIn(error, 'units')) throw error
        throw new DomainError('unit.exists', `Unit ${unit._id} exists`, { id: unit._id })
      })
    },
    async replace(unit, readVersion, tx) {
      const { _id, county } = unit
      const done = await units.replaceOne({ county, _id, version: readVersion }, unit, { session: tx.session })
      return done.matchedCount === 1
    },
    async counties() {
      const found = await units.find({ kind: 'county' }, { projection: { county: 1 } }).toArray()
      return found.map(({ county }) => county)
    },
    async isEmpty(tx) {
      const options = tx ? { session: tx.session } : {}
      return (await units.findOne({}, { projection: { _id: 1 }, ...options })) === null
    },
  }
}
