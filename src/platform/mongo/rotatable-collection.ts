import type { Connection } from 'mongoose'
import type { FieldVault, RotatableRecords, SealedCollection, StoredRecord } from '../privacy/index.ts'
import { reseal } from '../privacy/index.ts'

/**
 * The records of a collection in a county, for `rotateRecords`.
 *
 * A record has no new version by it: nothing that anybody could have read has changed. Each value is replaced only where it still stands.
 */
export function rotatableCollection(
  { connection, vault }: { readonly connection: Connection; readonly vault: FieldVault },
  sealed: SealedCollection,
  county: string,
): RotatableRecords {
  const records = connection.collection<StoredRecord>(sealed.collection)
  return {
    async idsAfter(after, limit) {
      const beyond = after === undefined ? {} : { _id: { $gt: after } }
      const found = await records
        .find({ county, ...beyond }, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()
      return found.map(({ _id }) => _id)
    },
    async rotate(id) {
      const record = await records.findOne({ _id: id, county })
      const resealed = record && reseal(vault, sealed, record)
      if (!resealed) return 'current'
      const { matchedCount } = await records.updateOne({ _id: id, county, ...resealed.was }, { $set: resealed.becomes })
      return matchedCount === 1 ? 'rotated' : 'busy'
    },
  }
}
