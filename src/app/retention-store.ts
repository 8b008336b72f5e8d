import type { ClientSession, Connection } from 'mongoose'
import type { SealedCollection, StoredRecord } from '../platform/privacy/index.ts'

/** Reads and erases records that are past their retention, whatever their collection. */
export interface RetentionStore {
  /** Numbers of the cases closed before a moment and not yet erased, in order. */
  closedCases(county: string, before: Date, page: RetentionPage): Promise<readonly string[]>
  /** Ids of the records without a case that are older than a moment and not yet erased, in order. */
  oldRecords(county: string, sealed: SealedCollection, before: Date, page: RetentionPage): Promise<readonly string[]>
  ofCase(tx: Session, sealed: SealedCollection, caseNo: string): Promise<readonly StoredRecord[]>
  find(tx: Session, sealed: SealedCollection, id: string): Promise<StoredRecord | undefined>
  save(tx: Session, sealed: SealedCollection, id: string, becomes: Readonly<Record<string, unknown>>): Promise<void>
}

export interface RetentionPage {
  readonly after?: string | undefined
  readonly limit: number
}

interface Session {
  readonly session: ClientSession
  readonly county: string
  readonly at: Date
}

export function createRetentionStore(connection: Connection): RetentionStore {
  const collection = (name: string) => connection.collection<StoredRecord>(name)
  const notErased = { erasedAt: { $exists: false } }
  const beyond = (field: string, { after }: RetentionPage) => (after === undefined ? {} : { [field]: { $gt: after } })

  return {
    async closedCases(county, before, page) {
      const found = await collection('cases')
        .find({ county, state: 'CLOSED', closedAt: { $lt: before }, ...notErased, ...beyond('no', page) })
        .project<{ no: string }>({ no: 1 })
        .sort({ no: 1 })
        .limit(page.limit)
        .toArray()
      return found.map(({ no }) => no)
    },
    async oldRecords(county, { collection: name, retention }, before, page) {
      const { since, where = {}, withCase } = retention
      if (since === undefined) return []
      const withoutCase = withCase === undefined ? {} : { [withCase]: { $exists: false } }
      const filter = {
        county,
        [since]: { $lt: before },
        ...where,
        ...withoutCase,
        ...notErased,
        ...beyond('_id', page),
      }
      const found = await collection(name).find(filter).sort({ _id: 1 }).limit(page.limit).toArray()
      return found.map(({ _id }) => _id)
    },
    async ofCase({ session, county }, { collection: name, retention }, caseNo) {
      if (retention.withCase === undefined) return []
      const found = await collection(name)
        .find({ county, [retention.withCase]: caseNo }, { session })
        .toArray()
      return found
    },
    async find({ session, county }, { collection: name }, id) {
      return (await collection(name).findOne({ _id: id, county }, { session })) ?? undefined
    },
    async save({ session, county, at }, { collection: name }, id, becomes) {
      await collection(name).updateOne({ _id: id, county }, { $set: { ...becomes, erasedAt: at } }, { session })
    },
  }
}
