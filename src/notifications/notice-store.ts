import type { ClientSession, Connection } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { native } from '../platform/mongo/index.ts'
import type { Medium, NoticeKind, NoticeRecord } from './notice.ts'
import { noticeModel } from './notice-model.ts'

/** Notices by whom they were for, what case they are about, what they say. */
export interface WhichNotices {
  readonly staffId?: string
  readonly caseNo?: string
  readonly kind?: NoticeKind
}

/** The queries of notices. Every one begins with the county. */
export interface NoticeStore {
  find(county: string, id: string): Promise<NoticeRecord | null>
  insertMany(tx: Tx, notices: readonly NoticeRecord[]): Promise<void>
  /** Marks one that waits; false when it no longer does. @param sid - the exchange's id of the text or call */
  settle(county: string, id: string, state: 'SENT' | 'SKIPPED', at: Date, sid?: string): Promise<boolean>
  /** Takes a text or call on before it is sent: true for the first who does. */
  beginSending(county: string, id: string): Promise<boolean>
  /** Ids that belong to notices, among some of the exchange's. */
  knownSids(county: string, sids: readonly string[]): Promise<ReadonlySet<string>>
  ofCase(county: string, caseNo: string): Promise<readonly NoticeRecord[]>
  /** What somebody was told, the newest first. */
  toStaff(county: string, staffId: string, page: NoticePage): Promise<readonly NoticeRecord[]>
  /** What nobody has seen so far, the newest first. */
  unseen(county: string, which: WhichNotices, session?: ClientSession): Promise<readonly NoticeRecord[]>
  /** What stands on somebody's screen: told since a moment and not seen, the newest first. */
  onScreen(county: string, staffId: string, since: Date, limit: number): Promise<readonly NoticeRecord[]>
  /** Texts and begun calls that were not settled, by when they were made, the oldest first. */
  waiting(
    county: string,
    made: { readonly from: Date; readonly to: Date },
    limit: number,
  ): Promise<readonly NoticeRecord[]>
  /** They are seen, and a call that still waits is not needed. */
  markSeen(tx: Tx, ids: readonly string[]): Promise<void>
}

export interface NoticePage {
  readonly limit: number
  readonly medium?: Medium
}

/** Most notices seen at once. */
const MOST_UNSEEN = 500

export function createNoticeStore(connection: Connection): NoticeStore {
  const notices = native(noticeModel(connection))
  const keyOf = (county: string, id: string): string => `${county}/${id}`
  const newest = { createdAt: -1, _id: -1 } as const
  return {
    async find(county, id) {
      return await notices.findOne<NoticeRecord>({ _id: keyOf(county, id) })
    },
    async insertMany(tx, records) {
      if (records.length > 0) await notices.insertMany([...records], { session: tx.session })
    },
    async settle(county, id, state, at, sid) {
      const done = await notices.updateOne(
        { _id: keyOf(county, id), state: { $in: ['PENDING', 'SENDING'] } },
        { $set: { state, sentAt: at, ...(sid === undefined ? {} : { sid }) } },
      )
      return done.matchedCount === 1
    },
    async beginSending(county, id) {
      const begun = await notices.updateOne(
        { _id: keyOf(county, id), state: 'PENDING' },
        { $set: { state: 'SENDING' } },
      )
      return begun.matchedCount === 1
    },
    async knownSids(county, sids) {
      const filter = { county, sid: { $in: [...sids] } }
      const known = await notices.find(filter, { projection: { sid: 1 } }).toArray()
      return new Set(known.flatMap(({ sid }) => (sid === undefined ? [] : [sid])))
    },
    async ofCase(county, caseNo) {
      return await notices.find({ county, caseNo }).sort({ createdAt: 1 }).toArray()
    },
    async toStaff(county, staffId, { limit, medium }) {
      return await notices
        .find({ county, to: staffId, ...(medium === undefined ? {} : { medium }) })
        .sort({ createdAt: -1 })
        .limit(limit)
        .toArray()
    },
    async unseen(county, { staffId, caseNo, kind }, session) {
      const whose = staffId === undefined ? {} : { to: staffId }
      const about = { ...(caseNo === undefined ? {} : { caseNo }), ...(kind === undefined ? {} : { kind }) }
      return await notices
        .find({ county, ...whose, isUnseen: true, ...about }, session ? { session } : {})
        .sort(newest)
        .limit(MOST_UNSEEN)
        .toArray()
    },
    async onScreen(county, staffId, since, limit) {
      return await notices
        .find({ county, to: staffId, isUnseen: true, medium: 'screen', createdAt: { $gte: since } })
        .sort(newest)
        .limit(limit)
        .toArray()
    },
    async waiting(county, { from, to }, limit) {
      const createdAt = { $gte: from, $lt: to }
      const texts = { county, state: 'PENDING' as const, medium: 'text' as const, createdAt }
      const begun = { county, state: 'SENDING' as const, createdAt }
      const found = [texts, begun].map((which) => notices.find(which).sort({ createdAt: 1 }).limit(limit).toArray())
      return (await Promise.all(found)).flat()
    },
    async markSeen(tx, ids) {
      if (ids.length === 0) return
      const these = { _id: { $in: ids.map((id) => keyOf(tx.county, id)) } }
      await notices.updateMany(these, { $set: { isUnseen: false, seenAt: tx.at } }, { session: tx.session })
      const waiting = { ...these, medium: 'call' as const, state: 'PENDING' as const }
      await notices.updateMany(waiting, { $set: { state: 'SKIPPED', sentAt: tx.at } }, { session: tx.session })
    },
  }
}
