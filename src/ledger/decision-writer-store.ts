import { MongoError } from 'mongodb'
import type { AnyBulkWriteOperation, Document } from 'mongodb'
import type { ClientSession } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { isDuplicateKeyIn } from '../journal/index.ts'
import { passCrashPoint } from '../platform/crash-point.ts'
import { native } from '../platform/mongo/index.ts'
import type { Fen } from '../shared/fen.ts'
import type { Entry } from './entry.ts'
import type { FundHead } from './fund.ts'
import type { Decision, Ground } from './ground.ts'
import type { Hold } from './hold.ts'
import type { ledgerModels, StoredBook } from './ledger-model.ts'
import { withLongs } from './long-numbers-store.ts'
import { refuse } from './refusal.ts'
import { storedHead, storedHold } from './stored-books.ts'
import type { SubChange } from './sub-account.ts'
import { subKey } from './sub-account.ts'

/**
 * Adds a decision's entries and what follows from them, in a transaction.
 *
 * @param ground - what the decision stood on: it holds only if the heads have not moved since
 * @throws DomainError `ledger.source_used`, `fund.exists`, `entry.reversed_before`
 */
export type WriteDecision = (tx: Tx, ground: Ground, decision: Decision) => Promise<void>

type BookWrite = AnyBulkWriteOperation<StoredBook & Document>

/** The only way into the ledger's collections. */
export function createDecisionWriter(models: ReturnType<typeof ledgerModels>): WriteDecision {
  const books = native(models.books)
  const entries = native(models.entries)

  return async ({ session }, ground, decision) => {
    const isNew = ({ fundId }: FundHead): boolean => !ground.heads.has(fundId)
    await openHeads(session, decision.heads.filter(isNew))
    await changeBooks(session, ground, decision)
    passCrashPoint('afterHeadCas')
    await addEntries(session, decision.entries)
    passCrashPoint('afterEntry')
  }

  async function openHeads(session: ClientSession, heads: readonly FundHead[]): Promise<void> {
    const [first] = heads
    if (!first) return
    try {
      await books.insertMany(
        heads.map((head) => withLongs(storedHead(head))),
        { session },
      )
    } catch (error) {
      if (isDuplicateKeyIn(error, 'ledger_books')) refuse('fund.exists', `${first.fundId} is open already`)
      throw error
    }
  }

  /** One command for all of it, heads first and in the order of their ids: whoever comes second learns it at once. */
  async function changeBooks(session: ClientSession, ground: Ground, decision: Decision): Promise<void> {
    const changes = [
      ...headWrites(ground, decision.heads),
      ...decision.holds.map(holdWrite),
      ...partWrites(ground.subs, decision),
    ]
    if (changes.length === 0) return
    const { matchedCount, upsertedCount, deletedCount } = await books.bulkWrite(changes, { session })
    if (matchedCount + upsertedCount + deletedCount !== changes.length) throw movedOn()
  }

  async function addEntries(session: ClientSession, added: readonly Entry[]): Promise<void> {
    try {
      await entries.insertMany(added.map(withLongs), { session })
    } catch (error) {
      const [first] = added
      if (isDuplicateKeyIn(error, 'ledger_entries') && String(error).includes('entry_reverses'))
        refuse('entry.reversed_before', 'It was undone before', { entryId: first?.reverses })
      if (isDuplicateKeyIn(error, 'ledger_entries') && first)
        refuse('ledger.source_used', `${first.source.type} ${first.source.id} was posted before`, {
          source: first.source,
          kind: first.kind,
        })
      throw error
    }
  }
}

function headWrites(ground: Ground, heads: readonly FundHead[]): BookWrite[] {
  const inOrder = [...heads].sort((a, b) => (a.fundId < b.fundId ? -1 : 1))
  return inOrder.flatMap((head) => {
    const read = ground.heads.get(head.fundId)
    if (!read) return []
    const { _id, county, ...fields } = storedHead(head)
    return { updateOne: { filter: { county, _id, ver: read.ver }, update: { $set: withLongs(fields) } } }
  })
}

/** A hold is added once under the id of its entry, and resolved only while it is pending. */
function holdWrite(hold: Hold): BookWrite {
  const { _id, county, ...fields } = storedHold(hold)
  if (hold.status === 'pending')
    return { updateOne: { filter: { county, _id }, update: { $setOnInsert: withLongs(fields) }, upsert: true } }
  return { updateOne: { filter: { county, _id, status: 'pending' }, update: { $set: withLongs(fields) } } }
}

/** What reaches zero is forgotten, so that only what is open is kept, each since it last left zero. */
function partWrites(known: ReadonlyMap<string, Fen>, { subs, entries }: Decision): BookWrite[] {
  return subs.flatMap((change): BookWrite[] => {
    const { county, bookedAt: since } = firstToTouch(entries, change)
    const _id = subKey(change)
    const before = known.get(_id)
    const isGone = before !== undefined && before + change.deltaFen === 0
    if (isGone) return before === 0 ? [] : [{ deleteOne: { filter: { county, _id } } }]
    return [{ updateOne: { filter: { county, _id }, update: partUpdate(change, since), upsert: true } }]
  })
}

/** The entry since which a part has been open, should it be open only since this decision. */
function firstToTouch(entries: readonly Entry[], { fundId, account, sub }: SubChange): Entry {
  const touches = (entry: Entry): boolean =>
    entry.fundId === fundId && entry.legs.some(({ a, s }) => a === account && s === sub)
  const first = entries.find(touches)
  if (!first) throw new TypeError(`No entry touches ${account} of ${sub}`)
  return first
}

function partUpdate({ fundId, account, sub, deltaFen }: SubChange, since: string): Document {
  return {
    $inc: withLongs({ amountFen: deltaFen }),
    $setOnInsert: { doc: 'part', fundId, account, sub, since },
  }
}

/** Somebody else moved a head between our reading and our writing: the transaction has to be run again. */
function movedOn(): MongoError {
  const error = new MongoError('A head or hold has moved on')
  error.addErrorLabel('TransientTransactionError')
  return error
}
