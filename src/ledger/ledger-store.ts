import type { ClientSession, Connection } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import type { Fen } from '../shared/fen.ts'
import type { Filter } from '../shared/permissions.ts'
import type { Entry } from './entry.ts'
import type { FundHead, FundId } from './fund.ts'
import { readFundId } from './fund.ts'
import type { Hold } from './hold.ts'
import { ledgerModels } from './ledger-model.ts'
import type { StoredHead, StoredHold, StoredSub } from './ledger-model.ts'
import type { Projections } from './verify/verifier.ts'
import type { SubAccount, SubBalance } from './sub-account.ts'
import { subKey } from './sub-account.ts'
import type { WriteDecision } from './decision-writer-store.ts'
import { createDecisionWriter } from './decision-writer-store.ts'

/** A page of a fund's entries, newest first. */
export interface EntryQuery {
  readonly limit: number
  /** Only entries before this sequence number. */
  readonly before?: number
}

/** What the ledger reads and writes. Entries can be added and read; there is no way to change one. */
export interface LedgerStore {
  heads(county: string, fundIds: readonly FundId[], session?: ClientSession): Promise<Map<FundId, FundHead>>
  holds(county: string, holdIds: readonly string[], session?: ClientSession): Promise<Map<string, Hold>>
  /** What stands on parts of accounts; 0 for a part that is not kept. */
  parts(county: string, parts: readonly SubAccount[], session?: ClientSession): Promise<Map<string, Fen>>
  readonly write: WriteDecision

  head(county: string, fundId: FundId): Promise<FundHead | null>
  /** A county's funds the filter lets through, by id. */
  headsOf(county: string, visible?: Filter, session?: ClientSession): Promise<FundHead[]>
  entries(county: string, fundId: FundId, query: EntryQuery): Promise<Entry[]>
  entry(county: string, fundId: FundId, seq: number): Promise<Entry | null>
  /** Entries about cases, oldest first. */
  entriesOfCases(county: string, caseNos: readonly string[], session?: ClientSession): Promise<Entry[]>
  pendingHolds(county: string, fundId: FundId): Promise<Hold[]>
  /** Parts of accounts that do not stand at zero. */
  subsOf(
    county: string,
    where?: { fundId?: FundId; accounts?: readonly string[] },
    session?: ClientSession,
  ): Promise<SubBalance[]>
  /** A fund's entries from the first to the given one, however many. */
  eachEntry(fundId: FundId, upTo: number): AsyncIterable<Entry>
  /** The largest sequence number among a fund's entries; 0 when it has none. */
  lastSeq(fundId: FundId): Promise<number>
  /** Ids of all funds that have entries, also of those whose head is gone. */
  fundsWithEntries(): Promise<FundId[]>
  /** Heads, holds and parts of some funds, or of all, as of one moment. */
  projections(fundIds?: readonly FundId[]): Promise<Projections>
  /** Reads several of the above as of one moment. */
  atOneMoment<Answer>(read: (session: ClientSession) => Promise<Answer>): Promise<Answer>
}

/** The ledger's collections on a connection. */
export function createLedgerStore(connection: Connection): LedgerStore {
  const models = ledgerModels(connection)
  const funds = native(models.funds)
  const entries = native(models.entries)
  const holds = native(models.holds)
  const subs = native(models.subs)

  return {
    async heads(county, fundIds, session) {
      const found = await funds.find({ county, _id: { $in: [...fundIds] } }, options(session)).toArray()
      return new Map((found as StoredHead[]).map((stored) => [stored._id, headOf(stored)]))
    },

    async holds(county, holdIds, session) {
      if (holdIds.length === 0) return new Map()
      const found = await holds.find({ county, _id: { $in: [...holdIds] } }, options(session)).toArray()
      return new Map((found as StoredHold[]).map((stored) => [stored._id, holdOf(stored)]))
    },

    async parts(county, parts, session) {
      if (parts.length === 0) return new Map()
      const keys = parts.map(subKey)
      const found = await subs.find<StoredSub>({ county, _id: { $in: keys } }, options(session)).toArray()
      const amounts = new Map(found.map((stored) => [stored._id, stored.amountFen]))
      return new Map(keys.map((key) => [key, amounts.get(key) ?? (0 as Fen)]))
    },

    write: createDecisionWriter(models),

    async head(county, fundId) {
      const found = await funds.findOne<StoredHead>({ county, _id: fundId })
      return found && headOf(found)
    },

    async headsOf(county, visible = {}, session) {
      const found = await funds
        .find({ county, ...visible }, options(session))
        .sort({ _id: 1 })
        .toArray()
      return (found as StoredHead[]).map(headOf)
    },

    async entries(county, fundId, { limit, before }) {
      const beyond = before === undefined ? {} : { seq: { $lt: before } }
      const found = await entries
        .find({ county, fundId, ...beyond })
        .sort({ seq: -1 })
        .limit(limit)
        .toArray()
      return found
    },

    async entry(county, fundId, seq) {
      return entries.findOne<Entry>({ county, fundId, seq })
    },

    async entriesOfCases(county, caseNos, session) {
      if (caseNos.length === 0) return []
      const about = { county, caseNo: { $in: [...caseNos] } }
      return entries.find<Entry>(about, options(session)).sort({ bookedAt: 1, _id: 1 }).toArray()
    },

    async pendingHolds(county, fundId) {
      const found = await holds.find({ county, fundId, status: 'pending' }).sort({ openSeq: 1 }).toArray()
      return (found as StoredHold[]).map(holdOf)
    },

    async subsOf(county, { fundId, accounts } = {}, session) {
      const where = {
        county,
        ...(fundId === undefined ? {} : { fundId }),
        ...(accounts === undefined ? {} : { account: { $in: [...accounts] } }),
      }
      const found = await subs
        .find(where as object, options(session))
        .sort({ since: 1, _id: 1 })
        .toArray()
      return (found as StoredSub[]).map(subOf)
    },

    async *eachEntry(fundId, upTo) {
      const cursor = entries
        .find<Entry>({ county: countyIn(fundId), fundId, seq: { $lte: upTo } }, { batchSize: 1_000 })
        .sort({ seq: 1 })
      for await (const entry of cursor) yield entry
    },

    async lastSeq(fundId) {
      const last = await entries.findOne<Entry>(
        { county: countyIn(fundId), fundId },
        { sort: { seq: -1 }, projection: { seq: 1 } },
      )
      return last?.seq ?? 0
    },

    async fundsWithEntries() {
      return (await entries.distinct('fundId')).sort()
    },

    async projections(fundIds) {
      return this.atOneMoment(async (session) => {
        const ids = fundIds ? { $in: [...fundIds] } : undefined
        const ofFund = ids ? { fundId: ids } : {}
        const foundHeads = await funds.find(ids ? { _id: ids } : {}, options(session)).toArray()
        const foundHolds = await holds.find(ofFund, options(session)).toArray()
        const foundSubs = await subs.find(ofFund, options(session)).toArray()
        return {
          heads: (foundHeads as StoredHead[]).map(headOf),
          holds: (foundHolds as StoredHold[]).map(holdOf),
          subs: (foundSubs as StoredSub[]).map(subOf),
        }
      })
    },

    async atOneMoment(read) {
      const session = await connection.startSession()
      try {
        session.startTransaction({ readConcern: { level: 'snapshot' }, readPreference: 'primary' })
        const answer = await read(session)
        await session.commitTransaction()
        return answer
      } finally {
        if (session.inTransaction()) await session.abortTransaction().catch(() => undefined)
        await session.endSession()
      }
    },
  }
}

function options(session: ClientSession | undefined): { session?: ClientSession } {
  return session ? { session } : {}
}

/** The county a fund lies in, read from its id; nothing when it is no fund's id, which then finds nothing. */
function countyIn(fundId: FundId): string {
  return readFundId(fundId)?.county ?? ''
}

function headOf({ _id, ...fields }: StoredHead): FundHead {
  return { fundId: _id, ...fields }
}

function holdOf({ _id, ...fields }: StoredHold): Hold {
  return { holdId: _id, ...fields }
}

function subOf({ fundId, account, sub, amountFen, since }: StoredSub): SubBalance {
  return { fundId, account, sub, amountFen, since }
}
