import type { ClientSession, Connection } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { native, replaceVersion } from '../platform/mongo/index.ts'
import { DomainError } from '../shared/errors.ts'
import type { Filter } from '../shared/permissions.ts'
import type { Deadline } from './deadline.ts'
import { deadlineModel } from './deadline-model.ts'

/** A clock that waits to be looked at. */
export type WaitingDeadline = Pick<Deadline, '_id' | 'county' | 'subject' | 'version'> & { readonly nextAt: Date }

export interface DeadlineListQuery {
  /** From the permission table: the clocks this actor may see. */
  readonly visible: Filter
  readonly where?: Filter
  readonly limit: number
  readonly after?: string
}

/** A page of clocks, the nearest first, and where the next page begins. */
export interface DeadlinePage {
  readonly deadlines: readonly Deadline[]
  readonly next?: string
}

/** The queries of deadlines. Every one begins with the county. */
export interface DeadlineStore {
  insert(tx: Tx, deadlines: readonly Deadline[]): Promise<void>
  find(county: string, id: string, session?: ClientSession): Promise<Deadline | null>
  /** What is still owed for subjects, the nearest first. */
  openOf(county: string, subjects: readonly string[], session?: ClientSession): Promise<readonly Deadline[]>
  /** What a member of staff still owes, whatever it belongs to. */
  openOwedBy(county: string, staffId: string): Promise<readonly Deadline[]>
  /** Everything that was ever owed for a subject, in the order of its start. */
  allOf(county: string, subject: string, session?: ClientSession): Promise<readonly Deadline[]>
  /** Saves over exactly the version that was read. @throws DomainError `version.stale` */
  save(tx: Tx, after: Deadline): Promise<Deadline>
  /** Clocks to be looked at until a moment, the first first. */
  waiting(counties: readonly string[], until: Date, limit: number): Promise<readonly WaitingDeadline[]>
  /** Running clocks whose due time rests on a guessed year. */
  guessed(county: string): Promise<readonly Deadline[]>
  list(county: string, query: DeadlineListQuery): Promise<DeadlinePage>
}

export function createDeadlineStore(connection: Connection): DeadlineStore {
  const deadlines = native(deadlineModel(connection))
  const inSession = (session?: ClientSession) => (session ? { session } : {})

  return {
    async insert(tx, started) {
      if (started.length > 0) await deadlines.insertMany([...started], { session: tx.session })
    },
    async find(county, id, session) {
      return deadlines.findOne<Deadline>({ _id: id, county }, inSession(session))
    },
    async openOf(county, subjects, session) {
      const found = await deadlines
        .find({ county, subject: { $in: [...subjects] }, isOpen: true }, inSession(session))
        .toArray()
      return byDueTime(found)
    },
    async openOwedBy(county, staffId) {
      const found = await deadlines.find({ county, staffId, isOpen: true }).toArray()
      return byDueTime(found)
    },
    async allOf(county, subject, session) {
      const found = (await deadlines.find({ county, subject }, inSession(session)).toArray()) as Deadline[]
      return found.sort((a, b) => (a._id < b._id ? -1 : 1))
    },
    save: (tx, after) => replaceVersion(deadlines, tx, after, after),
    async waiting(counties, until, limit) {
      const found = await deadlines
        .find(
          { county: { $in: [...counties] }, state: 'RUNNING', nextAt: { $lte: until } },
          { projection: { county: 1, subject: 1, version: 1, nextAt: 1 } },
        )
        .sort({ nextAt: 1 })
        .limit(limit)
        .toArray()
      return found as unknown as WaitingDeadline[]
    },
    async guessed(county) {
      const found = await deadlines.find({ county, state: 'RUNNING', unknownYears: { $exists: true } }).toArray()
      return found
    },
    async list(county, { visible, where = {}, limit, after }) {
      const { dueAt, id } = positionOf(after)
      const beyond = after ? { $or: [{ dueAt: { $gt: dueAt } }, { dueAt, _id: { $gt: id } }] } : {}
      const found = (await deadlines
        .find({ county, $and: [visible, where, beyond] })
        .sort({ dueAt: 1, _id: 1 })
        .limit(limit + 1)
        .toArray()) as Deadline[]
      const shown = found.slice(0, limit)
      const last = shown.at(-1)
      const more = found.length > limit && last
      return more ? { deadlines: shown, next: `${last.dueAt.toISOString()}|${last._id}` } : { deadlines: shown }
    },
  }
}

function byDueTime(found: Deadline[]): Deadline[] {
  return found.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a._id < b._id ? -1 : 1))
}

function positionOf(after = ''): { dueAt: Date; id: string } {
  const [dueAt = '', id = ''] = after.split('|')
  const moment = new Date(dueAt || 0)
  if (Number.isNaN(moment.getTime())) throw new DomainError('form.invalid', 'Not a position in this list')
  return { dueAt: moment, id }
}
