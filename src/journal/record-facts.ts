import type { Model } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import { newId } from '../shared/ids.ts'
import type { Tx } from './in-transaction.ts'
import type { FactData, JournalLine } from './journal-line.ts'
import { chainLine, definedOnly, GENESIS } from './journal-line.ts'
import type { OutboxRow } from './outbox-row.ts'
import type { Slip } from './slip.ts'

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

/** Writes the lines of the requests of a transaction and their outbox rows: one insert each, however many. */
export async function recordFacts({ journal, outbox }: Collections, slips: readonly Slip[]): Promise<void> {
  const [first] = slips
  if (!first) return
  const { session } = first.tx
  const heads = await lastLines(journal, first.tx, continued(slips))
  const written = slips.map((slip) => chainFacts(slip, heads))
  const lines = written.flat()
  const rows = slips.flatMap(({ tx, notes }, index) => outboxRows(tx, written[index] ?? [], notes))
  if (lines.length > 0) await native(journal).insertMany(lines, { session })
  if (rows.length > 0) await native(outbox).insertMany(rows, { session })
}

/** The streams that facts go on with: those that a fact begins have no line yet. */
function continued(slips: readonly Slip[]): string[] {
  const facts = slips.flatMap(({ facts: ofSlip }) => ofSlip)
  const begun = new Set(facts.flatMap(({ stream, isFirst }) => (isFirst ? [stream] : [])))
  return [...new Set(facts.map(({ stream }) => stream))].filter((stream) => !begun.has(stream))
}

/** Each line stands on the one before it in its stream; the heads move on. */
function chainFacts({ tx, facts }: Slip, heads: Map<string, Head>): JournalLine[] {
  const { kind, staffId, unit } = tx.by.actor
  return facts.map(({ stream, type, data }) => {
    const head = heads.get(stream) ?? NO_LINE
    const line = chainLine({
      county: tx.county,
      stream,
      seq: head.seq + 1,
      type,
      at: tx.at,
      actor: { kind, staffId, unit },
      data: definedOnly(data),
      prev: head.hash,
    })
    heads.set(stream, line)
    return line
  })
}

const NO_LINE: Head = { seq: 0, hash: GENESIS }

/** The last lines of streams. Several are read by one command; the streams of cases, which come in numbers, are short. */
async function lastLines(journal: Model<JournalLine>, tx: Tx, streams: readonly string[]): Promise<Map<string, Head>> {
  const { county, session } = tx
  const [only] = streams
  if (only === undefined) return new Map()
  if (streams.length === 1) {
    const last = await native(journal).findOne(
      { county, stream: only },
      { session, sort: { seq: -1 }, projection: { seq: 1, hash: 1 } },
    )
    return last ? new Map([[only, { seq: last.seq, hash: last.hash }]]) : new Map()
  }
  const found = await native(journal)
    .aggregate<{ _id: string; last: Head }>(
      [
        { $match: { county, stream: { $in: [...streams] } } },
        { $group: { _id: '$stream', last: { $max: { seq: '$seq', hash: '$hash' } } } },
      ],
      { session },
    )
    .toArray()
  return new Map(found.map(({ _id, last }) => [_id, last]))
}

function outboxRows(tx: Tx, lines: readonly JournalLine[], notes: readonly LiveNote[]): OutboxRow[] {
  const told = notes.map((note) => ({ ...note, data: definedOnly(note.data) }))
  return [...lines, ...told].map((one) => outboxRow(tx, one))
}

function outboxRow(tx: Tx, told: Pick<OutboxRow, 'stream' | 'seq' | 'type' | 'data'>): OutboxRow {
  const { stream, seq, type, data } = told
  return { _id: newId(), county: tx.county, stream, seq, type, at: tx.at, data }
}
