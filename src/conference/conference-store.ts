import type { ClientSession, Connection } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { native, replaceVersion } from '../platform/mongo/index.ts'
import { DomainError } from '../shared/errors.ts'
import type { Filter } from '../shared/permissions.ts'
import type { ConferenceItem, ItemState } from './item.ts'
import { itemRecordId } from './item.ts'
import { conferenceModels } from './item-model.ts'

/** Most items of a queue that are counted. */
const QUEUE_LIMIT = 500

/** By urgency, then by waiting time; the id makes the order whole. */
const QUEUE_ORDER = { urgency: 1, proposedAt: 1, _id: 1 } as const

/** An item of the queue, only what its order and its listeners need. */
export type QueuedItem = Pick<ConferenceItem, 'id' | 'caseNo' | 'unit' | 'urgency' | 'proposedAt'>

/** The queries of the conference. Every one begins with the county. */
export interface ConferenceStore {
  find(county: string, id: string, session?: ClientSession): Promise<ConferenceItem | null>
  get(tx: Tx, id: string): Promise<ConferenceItem>
  insert(tx: Tx, item: ConferenceItem): Promise<void>
  /** @throws DomainError `version.stale` */
  save(tx: Tx, before: ConferenceItem, after: ConferenceItem): Promise<ConferenceItem>
  /** By urgency, then by waiting time. */
  list(county: string, visible: Filter, states: readonly ItemState[], limit: number): Promise<readonly ConferenceItem[]>
  /** Everything that waits for a meeting, in its order. */
  queue(county: string, session?: ClientSession): Promise<readonly QueuedItem[]>
  ofCase(county: string, caseNo: string, session?: ClientSession): Promise<readonly ConferenceItem[]>
  /** How many resolutions the county has passed in a year, for the next number. */
  countResolutions(tx: Tx, mark: string): Promise<number>
}

export function createConferenceStore(connection: Connection): ConferenceStore {
  const items = native(conferenceModels(connection).items)
  const inSession = (session?: ClientSession) => (session ? { session } : {})
  const find: ConferenceStore['find'] = async (county, id, session) =>
    await items.findOne<ConferenceItem>({ _id: itemRecordId(county, id) }, inSession(session))

  return {
    find,
    async get(tx, id) {
      const found = await find(tx.county, id, tx.session)
      if (!found) throw new DomainError('conference.not_found', `No conference item ${id}`)
      return found
    },
    async insert(tx, item) {
      await items.insertOne(item, { session: tx.session })
    },
    save: (tx, before, after) => replaceVersion(items, tx, before, after),
    async list(county, visible, states, limit) {
      const found = await items
        .find({ county, state: { $in: [...states] }, $and: [visible] } as object)
        .sort(QUEUE_ORDER)
        .limit(limit)
        .toArray()
      return found
    },
    async queue(county, session) {
      return await items
        .find({ county, state: 'QUEUED' }, inSession(session))
        .project<QueuedItem>({ id: 1, caseNo: 1, unit: 1, urgency: 1, proposedAt: 1 })
        .sort(QUEUE_ORDER)
        .limit(QUEUE_LIMIT)
        .toArray()
    },
    async ofCase(county, caseNo, session) {
      return await items.find({ county, caseNo }, inSession(session)).sort({ proposedAt: 1 }).toArray()
    },
    countResolutions: (tx, mark) =>
      items.countDocuments(
        { county: tx.county, 'resolution.no': { $gte: mark, $lt: `${mark}~` } },
        {
          session: tx.session,
        },
      ),
  }
}
