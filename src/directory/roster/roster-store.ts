import type { Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import type { Clock } from '../../shared/clock.ts'
import { createCountyCache } from '../county-cache.ts'
import type { StaffStore } from '../staff/staff-store.ts'
import type { UnitStore } from '../units/unit-store.ts'
import type { Absence } from './absence.ts'
import { createRosterPart } from './duty-book.ts'
import type { HandOver } from './hand-over.ts'
import type { DutyBook } from './on-duty.ts'
import type { ReportedGap } from './roster-model.ts'
import { rosterModels } from './roster-model.ts'
import type { Shift } from './shift.ts'

/** Reads and writes the roster. */
export interface RosterStore {
  /** All that decides who is on duty in a county now and later, at most two seconds old. */
  book(county: string): Promise<DutyBook>
  /** Shifts of a unit that touch the time after a moment. */
  shiftsOf(county: string, unit: string, after: Date): Promise<readonly Shift[]>
  findShift(county: string, id: string, tx: Tx): Promise<Shift | undefined>
  insertShift(shift: Shift, tx: Tx): Promise<void>
  /** Gives a shift an end. False when somebody else changed it. */
  endShift(shift: Shift, at: Date, tx: Tx): Promise<boolean>
  findAbsence(county: string, id: string, tx: Tx): Promise<Absence | undefined>
  insertAbsence(absence: Absence, tx: Tx): Promise<void>
  /** Shortens an absence or names another substitute. False when somebody else changed it. */
  changeAbsence(absence: Absence, change: { to?: Date; substituteId?: string }, tx: Tx): Promise<boolean>
  insertHandOver(handOver: HandOver, tx: Tx): Promise<void>
  /** Notes of a unit, newest first. */
  handOvers(county: string, unit: string, limit: number): Promise<readonly HandOver[]>
  findHandOver(county: string, id: string, tx?: Tx): Promise<HandOver | undefined>
  markRead(handOver: HandOver, staffId: string, tx: Tx): Promise<void>
  reportedGaps(county: string, tx?: Tx): Promise<readonly ReportedGap[]>
  insertGap(gap: ReportedGap, tx: Tx): Promise<void>
  removeGaps(county: string, ids: readonly string[], tx: Tx): Promise<void>
  /** Makes the next reader of the book see a change of this process at once. */
  forget(county: string): void
}

/** How long another process's change may stay unseen. Milliseconds. */
const BOOK_MS = 2_000

/** Past shifts and absences stay in the book this long, for questions about last night. Milliseconds, 2 days. */
const LOOK_BACK_MS = 2 * 86_400_000

export interface RosterStoreNeeds {
  readonly connection: Connection
  readonly units: UnitStore
  readonly staff: StaffStore
  readonly clock: Clock
}

export function createRosterStore({ connection, units, staff, clock }: RosterStoreNeeds): RosterStore {
  const models = rosterModels(connection)
  const shifts = native(models.shifts)
  const absences = native(models.absences)
  const handOvers = native(models.handOvers)
  const gaps = native(models.gaps)

  const parts = createCountyCache(async (county) => {
    const after = new Date(clock.now().getTime() - LOOK_BACK_MS)
    const [shiftsFound, absencesFound] = await Promise.all([
      shifts.find({ county, ...notOver(after) }).toArray(),
      absences.find({ county, to: { $gt: after } }).toArray(),
    ])
    return createRosterPart(shiftsFound, absencesFound)
  }, BOOK_MS)

  return {
    async book(county) {
      const [unitBook, staffBook, part] = await Promise.all([units.book(county), staff.book(county), parts.of(county)])
      return { county, units: unitBook, staff: staffBook, ...part }
    },
    forget: (county) => parts.forget(county),
    async shiftsOf(county, unit, after) {
      return await shifts.find({ county, unit, ...notOver(after) }).toArray()
    },
    async findShift(county, id, tx) {
      return (await shifts.findOne<Shift>({ county, _id: id }, { session: tx.session })) ?? undefined
    },
    async insertShift(shift, tx) {
      await shifts.insertOne(shift, { session: tx.session })
    },
    async endShift({ county, _id, version }, at, tx) {
      const change = { $set: { validTo: at, version: version + 1 } }
      const done = await shifts.updateOne({ county, _id, version }, change, { session: tx.session })
      return done.matchedCount === 1
    },
    async findAbsence(county, id, tx) {
      return (await absences.findOne<Absence>({ county, _id: id }, { session: tx.session })) ?? undefined
    },
    async insertAbsence(absence, tx) {
      await absences.insertOne(absence, { session: tx.session })
    },
    async changeAbsence({ county, _id, version }, change, tx) {
      const set = { $set: { ...change, version: version + 1 } }
      const done = await absences.updateOne({ county, _id, version }, set, { session: tx.session })
      return done.matchedCount === 1
    },
    async insertHandOver(handOver, tx) {
      await handOvers.insertOne(handOver, { session: tx.session })
    },
    async handOvers(county, unit, limit) {
      return await handOvers.find({ county, unit }).sort({ at: -1 }).limit(limit).toArray()
    },
    async findHandOver(county, id, tx) {
      const options = tx ? { session: tx.session } : {}
      return (await handOvers.findOne<HandOver>({ county, _id: id }, options)) ?? undefined
    },
    async markRead({ county, _id }, staffId, tx) {
      const read = { $push: { readBy: { staffId, at: tx.at } } } as object
      await handOvers.updateOne({ county, _id, 'readBy.staffId': { $ne: staffId } }, read, { session: tx.session })
    },
    async reportedGaps(county, tx) {
      return await gaps
        .find({ county }, tx ? { session: tx.session } : {})
        .sort({ from: 1 })
        .toArray()
    },
    async insertGap(gap, tx) {
      await gaps.insertOne(gap, { session: tx.session })
    },
    async removeGaps(county, ids, tx) {
      await gaps.deleteMany({ county, _id: { $in: [...ids] } }, { session: tx.session })
    },
  }
}

function notOver(after: Date): { $or: object[] } {
  return { $or: [{ validTo: { $exists: false } }, { validTo: { $gt: after } }] }
}
