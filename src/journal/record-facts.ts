import type { Model } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import { newId } from '../shared/ids.ts'
import type { Tx } from './in-transaction.ts'
import type { Fact, FactData, JournalLine } from './journal-line.ts'
import { chainLine, definedOnly, GENESIS } from './journal-line.ts'
import type { OutboxRow } from './outbox-row.ts'

/** A message for screens about a record that carries its own chain and sequence, such as a fund. */
export interface LiveNote {
  readonly stream: string
  readonly seq: number
  readonly type: string
  readonly data: FactData
}

interface Collections {
  readonly journal: Model<JournalLine>
  readonly outbox: Model<OutboxRow>
}

type Head = Pick<JournalLine, 'seq' | 'hash'>

/** Writes the lines of a transaction and their outbox rows: one insert each, however many facts. */
export async function recordFacts(
  { journal, outbox }: Collections,
  tx: Tx,
  facts: readonly Fact[],
  notes: readonly LiveNote[],
): Promise<void> {
  const lines = await chainFacts(journal, tx, facts)
  const rows = [...lines, ...notes.map((note) => ({ ...note, data: definedOnly(note.data) }))].map((told) =>
    outboxRow(tx, told),
  )
  if (lines.length > 0) await native(journal).insertMany(lines, { session: tx.session })
  if (rows.length > 0) await native(outbox).insertMany(rows, { session: tx.session })
}

async function chainFacts(journal: Model<JournalLine>, tx: Tx, facts: readonly Fact[]): Promise<JournalLine[]> {
  const heads = new Map<string, Head>()
  const lines: JournalLine[] = []
  const { kind, staffId, unit } = tx.by.actor
  for (const fact of facts) {
    const head = heads.get(fact.stream) ?? (await lastLine(journal, tx, fact))
    const { stream, type } = fact
    const line = chainLine({
      county: tx.county,
      stream,
      seq: head.seq + 1,
      type,
      at: tx.at,
      actor: { kind, staffId, unit },
      data: definedOnly(fact.data),
      prev: head.hash,
    })
    heads.set(stream, line)
    lines.push(line)
  }
  return lines
}

async function lastLine(journal: Model<JournalLine>, tx: Tx, fact: Fact): Promise<Head> {
  if (fact.isFirst) return { seq: 0, hash: GENESIS }
  const last = await native(journal).findOne(
    { county: tx.county, stream: fact.stream },
    { session: tx.session, sort: { seq: -1 }, projection: { seq: 1, hash: 1 } },
  )
  return last ? { seq: last.seq, hash: last.hash } : { seq: 0, hash: GENESIS }
}

function outboxRow(tx: Tx, told: Pick<OutboxRow, 'stream' | 'seq' | 'type' | 'data'>): OutboxRow {
  const { stream, seq, type, data } = told
  return { _id: newId(), county: tx.county, stream, seq, type, at: tx.at, data }
}
