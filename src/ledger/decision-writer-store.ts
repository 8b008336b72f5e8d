import { MongoError } from 'mongodb'
import type { ClientSession } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { isDuplicateKeyIn } from '../journal/index.ts'
import { native } from '../platform/mongo/index.ts'
import type { Fen } from '../shared/fen.ts'
import type { Entry } from './entry.ts'
import type { FundHead, FundId } from './fund.ts'
import type { Decision } from './ground.ts'
import type { Hold } from './hold.ts'
import type { ledgerModels, StoredHold } from './ledger-model.ts'
import { withLongs } from './long-numbers-store.ts'
import { refuse } from './refusal.ts'
import { subKey } from './sub-account.ts'

/**
 * Adds a decision's entries and what follows from them, in a transaction.
 *
 * @param before - the heads the decision stood on
 * @param known - the parts whose amount the decision knew; one that reaches zero is forgotten
 * @throws DomainError `ledger.source_used`, `fund.exists`
 */
export type WriteDecision = (
  tx: Tx,
  before: ReadonlyMap<FundId, FundHead>,
  known: ReadonlyMap<string, Fen>,
  decision: Decision,
) => Promise<void>

/** The only way into the ledger's collections. */
export function createDecisionWriter(models: ReturnType<typeof ledgerModels>): WriteDecision {
  const funds = native(models.funds)
  const entries = native(models.entries)
  const holds = native(models.holds)
  const subs = native(models.subs)

  return async ({ session }, before, known, decision) => {
    await writeHeads(session, before, decision.heads)
    await addEntries(session, decision.entries)
    await writeHolds(session, decision.holds)
    await writeSubs(session, known, decision)
  }

  /** The first write of all, and in the order of the ids: whoever comes second learns it at once. */
  async function writeHeads(
    session: ClientSession,
    before: ReadonlyMap<FundId, FundHead>,
    after: readonly FundHead[],
  ): Promise<void> {
    for (const head of [...after].sort((a, b) => (a.fundId < b.fundId ? -1 : 1))) {
      const { fundId, ...fields } = head
      const read = before.get(fundId)
      if (!read) {
        await insertHead(session, head)
        continue
      }
      const { matchedCount } = await funds.updateOne(
        { county: head.county, _id: fundId, ver: read.ver },
        { $set: withLongs(fields) },
        { session },
      )
      if (matchedCount !== 1) throw headMoved(fundId)
    }
  }

  async function insertHead(session: ClientSession, { fundId, ...fields }: FundHead): Promise<void> {
    try {
      await funds.insertOne({ _id: fundId, ...withLongs(fields) }, { session })
    } catch (error) {
      if (isDuplicateKeyIn(error, 'funds')) refuse('fund.exists', `${fundId} is open already`, { fundId })
      throw error
    }
  }

  async function addEntries(session: ClientSession, added: readonly Entry[]): Promise<void> {
    try {
      await entries.insertMany(added.map(withLongs), { session })
    } catch (error) {
      const [first] = added
      if (isDuplicateKeyIn(error, 'ledger_entries') && first)
        refuse('ledger.source_used', `${first.source.type} ${first.source.id} was posted before`, {
          source: first.source,
          kind: first.kind,
        })
      throw error
    }
  }

  async function writeHolds(session: ClientSession, changed: readonly Hold[]): Promise<void> {
    const placed = changed.filter((hold) => hold.status === 'pending')
    if (placed.length > 0) await holds.insertMany(placed.map(storedHold), { session })
    for (const hold of changed) {
      const { _id: holdId, ...fields } = storedHold(hold)
      if (hold.status === 'pending') continue
      const { matchedCount } = await holds.updateOne(
        { county: hold.county, _id: holdId, status: 'pending' },
        { $set: fields },
        { session },
      )
      if (matchedCount !== 1) throw headMoved(holdId)
    }
  }

  async function writeSubs(
    session: ClientSession,
    known: ReadonlyMap<string, Fen>,
    { subs: changes, entries: added }: Decision,
  ): Promise<void> {
    const [entry] = added
    if (changes.length === 0 || !entry) return
    const { county, bookedAt: since } = entry
    const writes = changes.map((change) => {
      const { fundId, account, sub, deltaFen } = change
      const _id = subKey(change)
      const amount = known.get(_id)
      if (amount !== undefined && amount + deltaFen === 0) return { deleteOne: { filter: { county, _id } } }
      const update = {
        $inc: withLongs({ amountFen: deltaFen }),
        $setOnInsert: { fundId, account, sub, since },
      }
      return { updateOne: { filter: { county, _id }, update, upsert: true } }
    })
    await subs.bulkWrite(writes, { session })
  }
}

/** Somebody else moved the head between our reading and our writing: the transaction has to be run again. */
function headMoved(id: string): MongoError {
  const error = new MongoError(`${id} has moved on`)
  error.addErrorLabel('TransientTransactionError')
  return error
}

function storedHold({ holdId, ...fields }: Hold): StoredHold {
  return { _id: holdId, ...withLongs(fields) }
}
