import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { JournalLine } from './journal-line.ts'
import type { OutboxRow } from './outbox-row.ts'
import type { RequestRecord } from './request-record.ts'

const anything = Schema.Types.Mixed

const journalSchema = new Schema(
  {
    _id: String,
    county: String,
    stream: String,
    seq: Number,
    type: String,
    at: Date,
    actor: anything,
    data: anything,
    prev: String,
    hash: String,
  },
  { versionKey: false, minimize: false, collection: 'journal' },
)
journalSchema.index({ county: 1, stream: 1, seq: 1 }, { unique: true })
journalSchema.index({ county: 1, at: 1 })

const row = { _id: String, county: String, stream: String, seq: Number, type: String, at: Date, data: anything }

const outboxSchema = new Schema(row, { versionKey: false, minimize: false, collection: 'outbox' })
outboxSchema.index({ county: 1, _id: 1 })
outboxSchema.index({ county: 1, stream: 1, seq: 1 })

/** What was shown and has yet to be followed up. */
const reactionSchema = new Schema(row, { versionKey: false, minimize: false, collection: 'reactions' })
reactionSchema.index({ county: 1, _id: 1 })
reactionSchema.index({ county: 1, stream: 1 })

const requestSchema = new Schema(
  {
    _id: String,
    county: String,
    bodyHash: String,
    outcome: String,
    answer: anything,
    refusal: anything,
    at: Date,
    expiresAt: Date,
  },
  { versionKey: false, minimize: false, collection: 'requests' },
)
requestSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

/** Journal lines are added, never changed. */
for (const operation of [
  'updateOne',
  'updateMany',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
  'replaceOne',
] as const)
  journalSchema.pre(operation, () => {
    throw new Error('The journal is append-only')
  })

/** The collections of the journal on a connection. */
export function journalModels(connection: Connection): {
  journal: Model<JournalLine>
  outbox: Model<OutboxRow>
  reactions: Model<OutboxRow>
  requests: Model<RequestRecord>
} {
  return {
    journal: (connection.models['Journal'] ?? connection.model('Journal', journalSchema)) as Model<JournalLine>,
    outbox: (connection.models['Outbox'] ?? connection.model('Outbox', outboxSchema)) as Model<OutboxRow>,
    reactions: (connection.models['Reaction'] ?? connection.model('Reaction', reactionSchema)) as Model<OutboxRow>,
    requests: (connection.models['Request'] ?? connection.model('Request', requestSchema)) as Model<RequestRecord>,
  }
}
