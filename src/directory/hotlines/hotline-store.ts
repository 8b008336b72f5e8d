import type { Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { isDuplicateKeyIn } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { createCountyCache } from '../county-cache.ts'
import { isValidAt } from '../validity.ts'
import type { Hotline } from './hotline.ts'
import { hotlineModel } from './hotline-model.ts'

/** Reads and writes hotlines. */
export interface HotlineStore {
  /**
   * The line under a number at a moment, in whichever county it is: a call says only what was dialled. At most two seconds old.
   *
   * @param number - E.164 or a short code, as the exchange gives it
   */
  byNumber(number: string, at: Date): Promise<Hotline | undefined>
  /** All lines of a county, also those that ended. */
  list(county: string): Promise<readonly Hotline[]>
  find(county: string, id: string, tx?: Tx): Promise<Hotline | undefined>
  /** Whether an open line has the number already, in any county. */
  isNumberTaken(number: string, exceptId: string, tx: Tx): Promise<boolean>
  /** @throws DomainError `hotline.number_taken` */
  insert(hotline: Hotline, tx: Tx): Promise<void>
  /** Replaces the version that was read. False when somebody else was faster. */
  replace(hotline: Hotline, readVersion: number, tx: Tx): Promise<boolean>
  /** Makes the next call see a change of this process at once. */
  forget(): void
}

/** How long another process's change may stay unseen. Milliseconds. */
const KEPT_MS = 2_000

/** Lines are few and a call does not name its county, so those of the whole deployment are kept under one name. */
const ALL = 'all'

export function createHotlineStore(connection: Connection): HotlineStore {
  const hotlines = native(hotlineModel(connection))
  const kept = createCountyCache(async () => (await hotlines.find({}).toArray()) as Hotline[], KEPT_MS)

  return {
    async byNumber(number, at) {
      return (await kept.of(ALL)).find((line) => line.number === number && isValidAt(line, at))
    },
    async list(county) {
      return await hotlines.find({ county }).sort({ _id: 1 }).toArray()
    },
    async find(county, id, tx) {
      const found = await hotlines.findOne({ county, _id: id }, tx ? { session: tx.session } : {})
      return found ?? undefined
    },
    async isNumberTaken(number, exceptId, tx) {
      const found = await hotlines.findOne(
        { number, holder: 'open', _id: { $ne: exceptId } },
        { session: tx.session, projection: { _id: 1 } },
      )
      return found !== null
    },
    async insert(hotline, tx) {
      await hotlines.insertOne(hotline, { session: tx.session }).catch(refuseTaken)
    },
    async replace(hotline, readVersion, tx) {
      const { _id, county } = hotline
      const read = { county, _id, version: readVersion }
      const done = await hotlines.replaceOne(read, hotline, { session: tx.session }).catch(refuseTaken)
      return done.matchedCount === 1
    },
    forget: () => kept.forget(ALL),
  }
}

/** Two who take a number at the same moment are told apart by the index. */
function refuseTaken(error: unknown): never {
  if (!isDuplicateKeyIn(error, 'hotlines')) throw error
  throw new DomainError('hotline.number_taken', 'Another line has this number')
}
