import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { ApiToken } from './token.ts'

const tokenSchema = new Schema(
  {
    _id: String,
    county: String,
    tokenId: String,
    staffId: String,
    label: String,
    madeAt: Date,
    expiresAt: Date,
    revokedAt: Date,
    lastUsedAt: Date,
  },
  { versionKey: false, collection: 'api_tokens' },
)
tokenSchema.index({ county: 1, staffId: 1, madeAt: 1 })

/** The collection of API tokens on a connection. */
export function tokenModel(connection: Connection): Model<ApiToken> {
  return (connection.models['ApiToken'] ?? connection.model('ApiToken', tokenSchema)) as Model<ApiToken>
}
