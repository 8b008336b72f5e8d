import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { NoticeRecord } from './notice.ts'

const noticeSchema = new Schema(
  { _id: String, county: String, id: String, version: Number },
  { strict: false, versionKey: false, minimize: false, collection: 'notices' },
)
noticeSchema.index({ county: 1, caseNo: 1, createdAt: 1 })
noticeSchema.index({ county: 1, to: 1, createdAt: -1 })
noticeSchema.index({ county: 1, state: 1, createdAt: 1 })
noticeSchema.index({ county: 1, to: 1, isUnseen: 1, createdAt: -1 })
noticeSchema.index({ county: 1, sid: 1 }, { unique: true, partialFilterExpression: { sid: { $exists: true } } })

/** Registers the collection of notices on a connection. */
export function noticeModel(connection: Connection): Model<NoticeRecord> {
  return (connection.models['Notice'] ?? connection.model('Notice', noticeSchema)) as Model<NoticeRecord>
}
