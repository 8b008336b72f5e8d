import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { CallbackRecord, CallRecord } from './call.ts'

const base = { _id: String, county: String, version: Number }
const open = { strict: false, versionKey: false, minimize: false } as const

const callSchema = new Schema(base, { ...open, collection: 'calls' })
callSchema.index({ county: 1, line: 1, state: 1, startedAt: 1 })
callSchema.index({ county: 1, answeredBy: 1, state: 1 })

const callbackSchema = new Schema(base, { ...open, collection: 'callbacks' })
callbackSchema.index({ county: 1, line: 1, state: 1, dueAt: 1 })
callbackSchema.index({ county: 1, callSid: 1 })

/** Registers calls and callbacks on a connection. */
export function hotlineModels(connection: Connection): { calls: Model<CallRecord>; callbacks: Model<CallbackRecord> } {
  return {
    calls: (connection.models['Call'] ?? connection.model('Call', callSchema)) as Model<CallRecord>,
    callbacks: (connection.models['Callback'] ?? connection.model('Callback', callbackSchema)) as Model<CallbackRecord>,
  }
}
