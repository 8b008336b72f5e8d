import type { ClientSession, Connection } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { native, replaceVersion } from '../platform/mongo/index.ts'
import type { CallbackRecord, CallRecord } from './call.ts'
import { hotlineId } from './call.ts'
import { hotlineModels } from './call-model.ts'

/** The queries of the hotline. Every one begins with the county. */
export interface CallStore {
  find(county: string, sid: string, session?: ClientSession): Promise<CallRecord | null>
  insert(tx: Tx, record: CallRecord): Promise<void>
  /** @throws DomainError `version.stale` */
  save(tx: Tx, before: CallRecord, after: CallRecord): Promise<CallRecord>
  /** Calls that ring or are spoken on a line, the oldest first. */
  live(county: string, line: string): Promise<readonly CallRecord[]>
  findCallback(county: string, id: string, session?: ClientSession): Promise<CallbackRecord | null>
  insertCallback(tx: Tx, record: CallbackRecord): Promise<void>
  saveCallback(tx: Tx, before: CallbackRecord, after: CallbackRecord): Promise<CallbackRecord>
  openCallbacks(county: string, line: string): Promise<readonly CallbackRecord[]>
}

/** Most lines a desk shows. */
const DESK_LIMIT = 50

export function createCallStore(connection: Connection): CallStore {
  const models = hotlineModels(connection)
  const calls = native(models.calls)
  const callbacks = native(models.callbacks)
  const inSession = (session?: ClientSession) => (session ? { session } : {})

  return {
    async find(county, sid, session) {
      return await calls.findOne<CallRecord>({ _id: hotlineId(county, sid) }, inSession(session))
    },
    async insert(tx, record) {
      await calls.insertOne(record, { session: tx.session })
    },
    save: (tx, before, after) => replaceVersion(calls, tx, before, after),
    async live(county, line) {
      const found = await calls
        .find({ county, line, state: { $in: ['RINGING', 'ANSWERED'] } } as object)
        .sort({ startedAt: 1 })
        .limit(DESK_LIMIT)
        .toArray()
      return found
    },
    async findCallback(county, id, session) {
      return await callbacks.findOne<CallbackRecord>({ _id: hotlineId(county, id) }, inSession(session))
    },
    async insertCallback(tx, record) {
      await callbacks.insertOne(record, { session: tx.session })
    },
    saveCallback: (tx, before, after) => replaceVersion(callbacks, tx, before, after),
    async openCallbacks(county, line) {
      const found = await callbacks.find({ county, line, state: 'OPEN' }).sort({ dueAt: 1 }).limit(DESK_LIMIT).toArray()
      return found
    },
  }
}
