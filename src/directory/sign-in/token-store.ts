import type { Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import type { ApiToken } from './token.ts'
import { tokenModel } from './token-model.ts'

/** Reads and writes API tokens. */
export interface TokenStore {
  findByDigest(county: string, digest: string): Promise<ApiToken | undefined>
  /** A person's tokens, newest first, also those that no longer open anything. */
  list(county: string, staffId: string): Promise<readonly ApiToken[]>
  insert(token: ApiToken, tx: Tx): Promise<void>
  /** False when there is no such good token of that person. */
  revoke(county: string, staffId: string, tokenId: string, tx: Tx): Promise<boolean>
  revokeAll(county: string, staffId: string, tx: Tx): Promise<void>
  /** Notes a use, at most once a minute. */
  noteUse(token: ApiToken, at: Date): Promise<void>
}

/** Most tokens listed. */
const PAGE = 100

/** Uses closer together than this are noted once. Milliseconds. */
const USE_NOTED_EVERY_MS = 60_000

export function createTokenStore(connection: Connection): TokenStore {
  const tokens = native(tokenModel(connection))
  return {
    async findByDigest(county, digest) {
      return (await tokens.findOne<ApiToken>({ county, _id: digest })) ?? undefined
    },
    async list(county, staffId) {
      return await tokens.find({ county, staffId }).sort({ madeAt: -1 }).limit(PAGE).toArray()
    },
    async insert(token, tx) {
      await tokens.insertOne(token, { session: tx.session })
    },
    async revoke(county, staffId, tokenId, tx) {
      const done = await tokens.updateOne(
        { county, staffId, tokenId, revokedAt: { $exists: false } },
        { $set: { revokedAt: tx.at } },
        { session: tx.session },
      )
      return done.matchedCount === 1
    },
    async revokeAll(county, staffId, tx) {
      await tokens.updateMany(
        { county, staffId, revokedAt: { $exists: false } },
        { $set: { revokedAt: tx.at } },
        { session: tx.session },
      )
    },
    async noteUse({ county, _id, lastUsedAt }, at) {
      if (lastUsedAt && at.getTime() - lastUsedAt.getTime() < USE_NOTED_EVERY_MS) return
      await tokens.updateOne({ county, _id }, { $set: { lastUsedAt: at } })
    },
  }
}
