import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Reset } from './reset.ts'

const resetSchema = new Schema(
  {
    _id: String,
    county: String,
    staffId: String,
    kind: String,
    askedBy: String,
    askedAt: Date,
    expiresAt: Date,
    state: String,
    settledBy: String,
    settledAt: Date,
  },
  { versionKey: false, collection: 'credential_resets' },
)
resetSchema.index({ county: 1, state: 1, askedAt: 1 })
resetSchema.index({ county: 1, staffId: 1, askedAt: 1 })

/** The collection of resets on a connection. */
export function resetModel(connection: Connection): Model<Reset> {
  return (connection.models['CredentialReset'] ?? connection.model('CredentialReset', resetSchema)) as Model<Reset>
}
