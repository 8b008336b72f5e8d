import type { ClientSession, Connection } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { native, replaceVersion } from '../platform/mongo/index.ts'
import { DomainError } from '../shared/errors.ts'
import type { Filter } from '../shared/permissions.ts'
import { aidModels } from './aid-model.ts'
import type { DecisionRecord, DecisionState } from './decision.ts'
import { decisionRecordId } from './decision.ts'

/** The same emergency, person or household, for sums that nobody can split. */
export interface SameEmergency {
  readonly caseNo: string
  readonly personId?: string | undefined
  readonly householdId?: string | undefined
  /** Decisions of other cases count from here. */
  readonly since: Date
}

/** The queries of aid. Every one begins with the county. */
export interface AidStore {
  find(county: string, id: string, session?: ClientSession): Promise<DecisionRecord | null>
  get(tx: Tx, id: string): Promise<DecisionRecord>
  insert(tx: Tx, record: DecisionRecord): Promise<void>
  /** Saves over exactly the version that was read. @throws DomainError `version.stale` */
  save(tx: Tx, before: DecisionRecord, after: DecisionRecord): Promise<DecisionRecord>
  /** Whether the county has ever decided on aid. */
  hasDecided(tx: Tx): Promise<boolean>
  ofCase(county: string, caseNo: string, session?: ClientSession): Promise<readonly DecisionRecord[]>
  /** Decisions that count towards the limits of one emergency. */
  ofSameEmergency(tx: Tx, same: SameEmergency): Promise<readonly DecisionRecord[]>
  /** Oldest first: a desk works from the top. */
  list(
    county: string,
    visible: Filter,
    states: readonly DecisionState[],
    limit: number,
  ): Promise<readonly DecisionRecord[]>
  ofPersonThisYear(county: string, personIds: readonly string[], since: Date): Promise<readonly DecisionRecord[]>
}

export function createAidStore(connection: Connection): AidStore {
  const decisions = native(aidModels(connection).decisions)
  const inSession = (session?: ClientSession) => (session ? { session } : {})

  const find: AidStore['find'] = async (county, id, session) =>
    await decisions.findOne<DecisionRecord>({ _id: decisionRecordId(county, id) }, inSession(session))

  return {
    find,
    async get(tx, id) {
      const found = await find(tx.county, id, tx.session)
      if (!found) throw new DomainError('decision.not_found', `No decision ${id}`)
      return found
    },
    async insert(tx, record) {
      await decisions.insertOne(record, { session: tx.session })
    },
    save: (tx, before, after) => replaceVersion(decisions, tx, before, after),
    async hasDecided({ county, session }) {
      return (await decisions.findOne({ county }, { session, projection: { _id: 1 } })) !== null
    },
    async ofCase(county, caseNo, session) {
      const found = await decisions.find({ county, caseNo }, inSession(session)).sort({ decidedAt: 1 }).toArray()
      return found
    },
    async ofSameEmergency(tx, { caseNo, personId, householdId, since }) {
      const same = [
        { caseNo },
        ...(personId ? [{ personId, decidedAt: { $gte: since } }] : []),
        ...(householdId ? [{ householdId, decidedAt: { $gte: since } }] : []),
      ]
      const found = await decisions
        .find({ county: tx.county, $or: same, state: { $ne: 'CANCELLED' } } as object, { session: tx.session })
        .toArray()
      return found
    },
    async list(county, visible, states, limit) {
      const found = await decisions
        .find({ county, state: { $in: [...states] }, $and: [visible] } as object)
        .sort({ decidedAt: 1 })
        .limit(limit)
        .toArray()
      return found
    },
    async ofPersonThisYear(county, personIds, since) {
      if (personIds.length === 0) return []
      const found = await decisions
        .find({ county, personId: { $in: [...personIds] }, decidedAt: { $gte: since } } as object)
        .toArray()
      return found
    },
  }
}
