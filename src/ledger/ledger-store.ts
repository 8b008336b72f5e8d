import type { ClientSession, Connection } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import { fen } from '../shared/fen.ts'
import type { Tx } from '../journal/index.ts'
import type { Ground } from './ground.ts'
import type { Filter } from '../shared/permissions.ts'
import type { Entry } from './entry.ts'
import type { FundHead, FundId } from './fund.ts'
import { readFundId } from './fund.ts'
import type { Hold } from './hold.ts'
import { ledgerModels } from './ledger-model.ts'
import type { StoredBook } from './ledger-model.ts'
import type { Books } from './stored-books.ts'
import { holdKey, readBooks } from './stored-books.ts'
import type { Projections } from './verify/verifier.ts'
import type { ProposalStore } from './proposals/proposal-store.ts'
import { createProposalStore } from './proposals/proposal-store.ts'
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

/** What a decision must know, by id. */
export interface GroundNeeds {
  readonly fundIds: readonly FundId[]
  readonly holdIds: readonly string[]
  /** Parts of accounts that will be taken from. */
  readonly parts: readonly SubAccount[]
}

/** What undoing entries must know. */
export type Undone = Pick<Ground, 'entries' | 'reversed'>

/** What the ledger reads and writes. Entries can be added and read; there is no way to change one. */
export interface LedgerStore {
  /** What a decision stands on, read by one command. A part that is not kept counts as zero. */
  ground(tx: Tx, needs: GroundNeeds): Promise<Omit<Ground, keyof Undone>>
  /** Entries about to be undone, with their other halves, and which of them were undone before. Asks nothing for no ids. */
  undone(tx: Tx, entryIds: readonly string[]): Promise<Undone>
  readonly write: WriteDecision
  /** What waits for a second person. */
  readonly proposals: ProposalStore

  head(county: string, fundId: FundId): Promise<FundHead | null>
  /** A county's funds the filter lets through, by id. */
  headsOf(county: string, visible?: Filter, session?: ClientSession): Promise<FundHead[]>
  entries(county: string, fundId: FundId, query: EntryQuery): Promise<Entry[]>
  entry(county: string, fundId: FundId, seq: number): Promise<Entry | null>
  /** Entries of these ids, in any order. */
  entriesById(county: string, ids: readonly string[]): Promise<Entry[]>
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
  const books = native(models.books)
  const entries = native(models.entries)

  return {
    async ground({ county, session }, { fundIds, holdIds, parts }) {
      const keys = parts.map(subKey)
      const ids = [...fundIds, ...holdIds.map(holdKey), ...keys]
      const found = readBooks(await books.find<StoredBook>({ county, _id: { $in: ids } }, { session }).toArray())
      const amounts = new Map(found.parts.map((part) => [subKey(part), part.amountFen]))
      return {
        heads: new Map(found.heads.map((head) => [head.fundId, head])),
        holds: new Map(found.holds.map((hold) => [hold.holdId, hold])),
        subs: new Map(keys.map((key) => [key, amounts.get(key) ?? fen(0)])),
      }
    },

    async undone({ county, session }, entryIds) {
      if (entryIds.length === 0) return { entries: new Map(), reversed: new Set() }
      const named = await entries.find<Entry>({ county, _id: { $in: [...entryIds] } }, { session }).toArray()
      const twinIds = named.flatMap(({ twins }) => twins)
      const twins = await entries.find<Entry>({ county, _id: { $in: twinIds } }, { session }).toArray()
      const all = [...named, ...twins]
      const ids = all.map(({ _id }) => _id)
      const later = await entries.find<Entry>({ county, reverses: { $in: ids } }, { session }).toArray()
      return {
        entries: new Map(all.map((entry) => [entry._id, entry])),
        reversed: new Set(later.flatMap(({ reverses }) => reverses ?? [])),
      }
    },

    write: createDecisionWriter(models),
    proposals: createProposalStore(connection),

    async head(county, fundId) {
      const found = await books.findOne<StoredBook>({ county, _id: fundId, doc: 'head' })
      return (found && readBooks([found]).heads[0]) ?? null
    },

    async headsOf(county, visible = {}, session) {
      return (await read({ county, doc: 'head', ...visible }, { _id: 1 }, session)).heads
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

    async entriesById(county, ids) {
      return ids.length === 0 ? [] : entries.find<Entry>({ county, _id: { $in: [...ids] } }).toArray()
    },

    async entriesOfCases(county, caseNos, session) {
      if (caseNos.length === 0) return []
      const about = { county, caseNo: { $in: [...caseNos] } }
      return entries.find<Entry>(about, options(session)).sort({ bookedAt: 1, _id: 1 }).toArray()
    },

    async pendingHolds(county, fundId) {
      return (await read({ county, doc: 'hold', fundId, status: 'pending' }, { openSeq: 1 })).holds
    },

    async subsOf(county, { fundId, accounts } = {}, session) {
      const where = {
        county,
        doc: 'part',
        ...(fundId === undefined ? {} : { fundId }),
        ...(accounts === undefined ? {} : { account: { $in: [...accounts] } }),
      }
      return (await read(where, { since: 1, _id: 1 }, session)).parts
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
        const where = fundIds ? { $or: [{ _id: { $in: [...fundIds] } }, { fundId: { $in: [...fundIds] } }] } : {}
        const { heads, holds, parts } = await read(where, { _id: 1 }, session)
        return { heads, holds, subs: parts }
      })
    },

    async atOneMoment(body) {
      const session = await connection.startSession()
      try {
        session.startTransaction({ readConcern: { level: 'snapshot' }, readPreference: 'primary' })
        const answer = await body(session)
        await session.commitTransaction()
        return answer
      } finally {
        if (session.inTransaction()) await session.abortTransaction().catch(() => undefined)
        await session.endSession()
      }
    },
  }

  async function read(where: object, order: Record<string, 1>, session?: ClientSession): Promise<Books> {
    return readBooks(await books.find<StoredBook>(where, options(session)).sort(order).toArray())
  }
}

function options(session: ClientSession | undefined): { session?: ClientSession } {
  return session ? { session } : {}
}

/** The county a fund lies in, read from its id; nothing when it is no fund's id, which then finds nothing. */
function countyIn(fundId: FundId): string {
  return readFundId(fundId)?.county ?? ''
}
