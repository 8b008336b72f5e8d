import type { ClientSession, Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { isDuplicateKeyIn } from '../../journal/index.ts'
import { native, replaceVersion } from '../../platform/mongo/index.ts'
import { DomainError } from '../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import type { FundId } from '../fund.ts'
import { ledgerModels } from '../ledger-model.ts'
import { withLongs } from '../long-numbers-store.ts'
import type { BankAccount } from './bank-account.ts'
import { bankSideOf } from './bank-account.ts'
import type { BankLine } from './bank-line.ts'
import { bankModels } from './bank-model.ts'
import type { BankMatch, BankSide, EntryReference } from './match.ts'

/** What the bank says of the funds. Lines are added, never changed; nothing here touches an entry. */
export interface BankStore {
  accountOf(county: string, fundId: FundId, session?: ClientSession): Promise<BankAccount | null>
  accountsOf(county: string): Promise<BankAccount[]>
  /** @throws DomainError `bank.account_taken` */
  addAccount(tx: Tx, account: BankAccount): Promise<void>
  /** @throws DomainError `version.stale` */
  saveAccount(tx: Tx, before: BankAccount, after: BankAccount): Promise<BankAccount>
  line(county: string, id: string, session?: ClientSession): Promise<BankLine | null>
  linesByIds(county: string, ids: readonly string[], session?: ClientSession): Promise<BankLine[]>
  /** Lines with nothing confirmed to explain them, oldest first. */
  openLines(county: string, fundId: FundId, session?: ClientSession): Promise<BankLine[]>
  /** Newest first. */
  newestLines(county: string, fundId: FundId, limit: number): Promise<BankLine[]>
  addLines(tx: Tx, lines: readonly BankLine[]): Promise<void>
  matches(county: string, fundId: FundId, state: BankMatch['state'], session?: ClientSession): Promise<BankMatch[]>
  matchesOf(county: string, lineIds: readonly string[]): Promise<BankMatch[]>
  match(county: string, lineId: string, session?: ClientSession): Promise<BankMatch | null>
  /** @throws DomainError `bank.already_matched` when the line or the entry has its other half already */
  addMatches(tx: Tx, matches: readonly BankMatch[]): Promise<void>
  /** @throws DomainError `bank.not_proposed` when it was confirmed or taken back meanwhile */
  confirmMatch(tx: Tx, confirmed: BankMatch): Promise<void>
  /** @throws DomainError `bank.not_proposed` */
  dropMatch(tx: Tx, lineId: string): Promise<void>
  /** Numbers of lines and of those that are explained, by fund. */
  shares(county: string): Promise<ReadonlyMap<FundId, { readonly lines: number; readonly matched: number }>>
  addReferences(tx: Tx, fundId: FundId, references: readonly EntryReference[]): Promise<void>
  referencesOf(county: string, entryIds: readonly string[], session?: ClientSession): Promise<EntryReference[]>
  /** Entries after one that changed the fund's account at the bank, oldest first. */
  bankSides(county: string, fundId: FundId, afterSeq: number, session?: ClientSession): Promise<BankSide[]>
  /** Which of these entries have their line already. */
  matchedEntries(county: string, entryIds: readonly string[], session?: ClientSession): Promise<ReadonlySet<string>>
}

/** The bank's collections on a connection. */
export function createBankStore(connection: Connection): BankStore {
  const models = bankModels(connection)
  const accounts = native(models.accounts)
  const lines = native(models.lines)
  const matches = native(models.matches)
  const references = native(models.references)
  const entries = native(ledgerModels(connection).entries)
  const within = (session?: ClientSession) => (session ? { session } : {})

  const findMatches = async (where: object, session?: ClientSession): Promise<BankMatch[]> => {
    const found = await matches.find(where, within(session)).sort({ _id: 1 }).toArray()
    return found
  }
  const findLines = async (where: object, session?: ClientSession): Promise<BankLine[]> => {
    const found = await lines.find(where, within(session)).sort({ position: 1 }).toArray()
    return found
  }

  return {
    async accountOf(county, fundId, session) {
      const found = await accounts.findOne({ county, fundId }, within(session))
      return found
    },

    async accountsOf(county) {
      const found = await accounts.find({ county }).sort({ fundId: 1 }).toArray()
      return found
    },

    async addAccount({ session }, account) {
      try {
        await accounts.insertOne(storedAccount(account) as BankAccount, { session })
      } catch (error) {
        if (isDuplicateKeyIn(error, 'bank_accounts'))
          throw new DomainError('bank.account_taken', 'The fund or the account is registered already')
        throw error
      }
    },

    saveAccount: (tx, before, after) => replaceVersion(accounts, tx, before, after, storedAccount),

    async line(county, id, session) {
      const found = await lines.findOne({ county, _id: id }, within(session))
      return found
    },

    linesByIds: (county, ids, session) => findLines({ county, _id: { $in: [...ids] } }, session),

    async openLines(county, fundId, session) {
      const account = await accounts.findOne({ county, fundId }, within(session))
      if (!account) return []
      const recent = await findLines(
        { county, account: account.account, position: { $gt: account.settledLine } },
        session,
      )
      const done = await findMatches(
        { county, _id: { $in: recent.map(({ _id }) => _id) }, state: 'confirmed' },
        session,
      )
      const explained = new Set(done.map(({ _id }) => _id))
      return recent.filter(({ _id }) => !explained.has(_id))
    },

    async newestLines(county, fundId, limit) {
      const found = await lines.find({ county, fundId }).sort({ position: -1 }).limit(limit).toArray()
      return found
    },

    async addLines({ session }, added) {
      if (added.length > 0) await lines.insertMany(added.map(stored) as never[], { session })
    },

    matches: (county, fundId, state, session) => findMatches({ county, fundId, state }, session),
    matchesOf: (county, lineIds) => findMatches({ county, _id: { $in: [...lineIds] } }),

    async match(county, lineId, session) {
      const found = await matches.findOne({ county, _id: lineId }, within(session))
      return found
    },

    async addMatches({ session }, added) {
      if (added.length === 0) return
      try {
        await matches.insertMany([...added], { session })
      } catch (error) {
        if (isDuplicateKeyIn(error, 'bank_matches'))
          throw new DomainError('bank.already_matched', 'The line or the entry has its other half already')
        throw error
      }
    },

    async confirmMatch({ session, county }, { _id, ...confirmed }) {
      const { matchedCount } = await matches.replaceOne({ county, _id, state: 'proposed' }, confirmed, { session })
      if (matchedCount === 0) throw notProposed(_id)
    },

    async dropMatch({ session, county }, lineId) {
      const { deletedCount } = await matches.deleteOne({ county, _id: lineId, state: 'proposed' }, { session })
      if (deletedCount === 0) throw notProposed(lineId)
    },

    async shares(county) {
      const count = [{ $match: { county } }, { $group: { _id: '$fundId', n: { $sum: 1 } } }]
      const confirmed = [{ $match: { county, state: 'confirmed' } }, { $group: { _id: '$fundId', n: { $sum: 1 } } }]
      type Count = { _id: FundId; n: number }
      const all = await lines.aggregate<Count>(count).toArray()
      const done = new Map((await matches.aggregate<Count>(confirmed).toArray()).map(({ _id, n }) => [_id, n]))
      return new Map(all.map(({ _id, n }) => [_id, { lines: n, matched: done.get(_id) ?? 0 }]))
    },

    async addReferences({ session, county }, fundId, added) {
      if (added.length === 0) return
      const docs = added.map(({ entryId, reference }) => ({ _id: entryId, county, fundId, reference }))
      await references.insertMany(docs, { session })
    },

    async referencesOf(county, entryIds, session) {
      const found = await references.find({ county, _id: { $in: [...entryIds] } }, within(session)).toArray()
      return found.map(({ _id, reference }) => ({ entryId: _id, reference }))
    },

    async bankSides(county, fundId, afterSeq, session) {
      const account = bankSideOf(fundId)
      if (!account) return []
      const found = await entries
        .find<Pick<Entry, '_id' | 'seq' | 'effectiveOn' | 'legs'>>(
          { county, fundId, seq: { $gt: afterSeq }, 'legs.a': account } as object,
          { ...within(session), projection: { seq: 1, effectiveOn: 1, legs: 1 } },
        )
        .sort({ seq: 1 })
        .toArray()
      return found.flatMap((entry) => {
        const amountFen = entry.legs.reduce((sum, { a, d, c }) => (a === account ? sum + d - c : sum), 0)
        return amountFen === 0 ? [] : [{ entryId: entry._id, seq: entry.seq, on: entry.effectiveOn, amountFen }]
      })
    },

    async matchedEntries(county, entryIds, session) {
      const found = await findMatches({ county, entryId: { $in: [...entryIds] }, state: 'confirmed' }, session)
      return new Set(found.flatMap(({ entryId }) => entryId ?? []))
    },
  }
}

/** Money as 64-bit integers; a moment stays a moment. */
function stored({ importedAt, ...line }: BankLine): object {
  return { ...withLongs(line), importedAt }
}

function notProposed(lineId: string): DomainError {
  return new DomainError('bank.not_proposed', 'It was confirmed or taken back meanwhile', { lineId })
}

function storedAccount({ registeredAt, ...account }: BankAccount): object {
  return { ...withLongs(account), registeredAt }
}
