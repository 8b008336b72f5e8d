import type { Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { isDuplicateKeyIn } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { createCountyCache } from '../county-cache.ts'
import type { Staff } from './staff.ts'
import { accountKey } from './staff.ts'
import type { StaffBook } from './staff-book.ts'
import { createStaffBook } from './staff-book.ts'
import { staffModels } from './staff-model.ts'

/** What is set and what is taken away. */
export interface StaffChange {
  readonly set?: Partial<Omit<Staff, '_id' | 'county' | 'version'>>
  readonly unset?: readonly (keyof Staff)[]
}

/** Reads and writes the staff. */
export interface StaffStore {
  /** Names, units and roles of a county's staff, at most two seconds old. */
  book(county: string): Promise<StaffBook>
  find(county: string, staffId: string, tx?: Tx): Promise<Staff | undefined>
  /** Finds by account name alone, in whichever county it is. */
  findByAccount(account: string, tx?: Tx): Promise<Staff | undefined>
  isAccountTaken(account: string, tx: Tx): Promise<boolean>
  /** Whether somebody who has not left works in the unit or holds a role there. */
  worksIn(county: string, unit: string, tx: Tx): Promise<boolean>
  /** How many others hold the role of administrator at the transaction's moment. */
  countOtherAdministrators(county: string, staffId: string, tx: Tx): Promise<number>
  /** @throws DomainError `staff.account_taken` */
  insert(staff: Staff, tx: Tx): Promise<void>
  /** Changes the version that was read and counts it up. False when somebody else was faster. */
  change(found: Staff, change: StaffChange, tx: Tx): Promise<boolean>
  /** Uses up a time step of the second factor. False when this step or a later one was used before. */
  spendTotpStep(county: string, staffId: string, step: number, tx: Tx): Promise<boolean>
  noteSignIn(county: string, staffId: string, tx: Tx): Promise<void>
  /** Whose planned end has come but who has not been handed over yet. */
  dueToEnd(county: string, at: Date): Promise<readonly Staff[]>
  /** Makes the next reader of the book see a change of this process at once. */
  forget(county: string): void
  isEmpty(tx: Tx): Promise<boolean>
}

/** How long another process's change may stay unseen. Milliseconds. */
const BOOK_MS = 2_000

/** What the book leaves out. */
const NO_SECRETS = { password: 0, totp: 0, totpPending: 0, phone: 0 } as const

export function createStaffStore(connection: Connection): StaffStore {
  const models = staffModels(connection)
  const staff = native(models.staff)
  const accounts = native(models.accounts)
  const books = createCountyCache(async (county) => {
    const found = await staff.find({ county }, { projection: NO_SECRETS }).sort({ _id: 1 }).toArray()
    return createStaffBook(found)
  }, BOOK_MS)

  const find = async (county: string, staffId: string, tx?: Tx): Promise<Staff | undefined> =>
    (await staff.findOne<Staff>({ county, _id: staffId }, tx ? { session: tx.session } : {})) ?? undefined

  return {
    book: (county) => books.of(county),
    forget: (county) => books.forget(county),
    find,
    async findByAccount(account, tx) {
      const owner = await accounts.findOne({ _id: accountKey(account) ?? '' }, tx ? { session: tx.session } : {})
      return owner ? find(owner.county, owner.staffId, tx) : undefined
    },
    async isAccountTaken(account, tx) {
      return (await accounts.findOne({ _id: accountKey(account) ?? '' }, { session: tx.session })) !== null
    },
    async worksIn(county, unit, tx) {
      const found = await staff.findOne(
        { county, ...notOver(tx.at), $and: [{ $or: [{ unit }, { 'roles.unit': unit }] }] },
        { session: tx.session, projection: { _id: 1 } },
      )
      return found !== null
    },
    countOtherAdministrators: (county, staffId, tx) =>
      staff.countDocuments(
        { county, _id: { $ne: staffId }, 'roles.role': 'administrator', ...notOver(tx.at) },
        { session: tx.session },
      ),
    async insert(person, tx) {
      const { county, _id, account } = person
      const owner = { _id: accountKey(account) ?? '', county, staffId: _id }
      await accounts.insertOne(owner, { session: tx.session }).catch((error: unknown) => {
        if (!isDuplicateKeyIn(error, 'accounts')) throw error
        throw new DomainError('staff.account_taken', `Account ${account} is taken`, { account })
      })
      await staff.insertOne(person, { session: tx.session })
    },
    async change({ county, _id, version }, { set = {}, unset = [] }, tx) {
      const removed = Object.fromEntries(unset.map((field) => [field, '']))
      const done = await staff.updateOne(
        { county, _id, version },
        { $set: { ...set, version: version + 1 }, ...(unset.length > 0 ? { $unset: removed } : {}) },
        { session: tx.session },
      )
      return done.matchedCount === 1
    },
    async spendTotpStep(county, staffId, step, tx) {
      const done = await staff.updateOne(
        { county, _id: staffId, 'totp.lastStep': { $lt: step } },
        { $set: { 'totp.lastStep': step } },
        { session: tx.session },
      )
      return done.matchedCount === 1
    },
    async noteSignIn(county, staffId, tx) {
      await staff.updateOne({ county, _id: staffId }, { $set: { lastSignInAt: tx.at } }, { session: tx.session })
    },
    async dueToEnd(county, at) {
      return await staff.find({ county, validTo: { $lte: at }, endedAt: { $exists: false } }).toArray()
    },
    async isEmpty(tx) {
      return (await staff.findOne({}, { session: tx.session, projection: { _id: 1 } })) === null
    },
  }
}

function notOver(at: Date): { $or: object[] } {
  return { $or: [{ validTo: { $exists: false } }, { validTo: { $gt: at } }] }
}
