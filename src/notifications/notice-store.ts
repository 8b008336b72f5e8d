import type { Connection } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { native } from '../platform/mongo/index.ts'
import type { Medium, NoticeRecord } from './notice.ts'
import { noticeModel } from './notice-model.ts'

/** The queries of notices. Every one begins with the county. */
export interface NoticeStore {
  find(county: string, id: string): Promise<NoticeRecord | null>
  insertMany(tx: Tx, notices: readonly NoticeRecord[]): Promise<void>
  /** Marks one that waits; false when it no longer does. */
  settle(county: string, id: string, state: 'SENT' | 'SKIPPED', at: Date): Promise<boolean>
  ofCase(county: string, caseNo: string): Promise<readonly NoticeRecord[]>
  /** What somebody was told, the newest first. */
  toStaff(county: string, staffId: string, page: NoticePage): Promise<readonly NoticeRecord[]>
}

export interface NoticePage {
  readonly limit: number
  readonly medium?: Medium
}

export function createNoticeStore(connection: Connection): NoticeStore {
  const notices = native(noticeModel(connection))
  return {
    async find(county, id) {
      return await notices.findOne<NoticeRecord>({ _id: `${county}/${id}` })
    },
    async insertMany(tx, records) {
      if (records.length > 0) await notices.insertMany([...records], { session: tx.session })
    },
    async settle(county, id, state, at) {
      const done = await notices.updateOne(
        { _id: `${county}/${id}`, state: 'PENDING' },
        { $set: { state, sentAt: at } },
      )
      return done.matchedCount === 1
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
  }
}
