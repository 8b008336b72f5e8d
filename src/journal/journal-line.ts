import { createHash } from 'node:crypto'
import type { PlainJson } from '../shared/canonical-json.ts'
import { canonicalJson } from '../shared/canonical-json.ts'

/** Ids, codes, sums, field names and salted digests. Never names, numbers of people, or free text. */
export type FactData = Readonly<Record<string, PlainJson | undefined>>

/** Something that happened, as a domain announces it. */
export interface Fact {
  /** The chain it belongs to: `case:NO`, `meeting:ID`, `person:ID`. */
  readonly stream: string
  /** Past tense, domain first: `case.acknowledged`. */
  readonly type: string
  readonly data: FactData
  /** True when this transaction creates the stream, which saves looking for its last line. */
  readonly isFirst?: boolean
}

/** Who did it, as the journal keeps it. */
export interface JournalActor {
  readonly kind: string
  readonly staffId: string
  readonly unit: string
}

/** One line of the append-only record. Its hash covers every field and the hash of the line before it in the same stream. */
export interface JournalLine {
  readonly _id: string
  readonly county: string
  readonly stream: string
  /** 1, 2, 3 … without gaps in a stream. */
  readonly seq: number
  readonly type: string
  readonly at: Date
  readonly actor: JournalActor
  readonly data: Readonly<Record<string, unknown>>
  readonly prev: string
  readonly hash: string
}

/** What stands before the first line of a stream. */
export const GENESIS = '0'.repeat(64)

/** Id of a line: unique, and readable in a trace. */
export function lineId(county: string, stream: string, seq: number): string {
  return `${county}/${stream}/${seq}`
}

/** SHA-256 over the version mark, the previous hash and the canonical form of the line. */
export function hashLine(line: Omit<JournalLine, 'hash' | '_id'>): string {
  const { county, stream, seq, type, at, actor, data, prev } = line
  const canonical = canonicalJson({
    county,
    stream,
    seq,
    type,
    at: at.toISOString(),
    actor: { ...actor },
    data: data as PlainJson,
  })
  return createHash('sha256').update(`journal/v1\n${prev}\n${canonical}`).digest('hex')
}

/** A finished line after the given one. */
export function chainLine(line: Omit<JournalLine, 'hash' | '_id'>): JournalLine {
  return { _id: lineId(line.county, line.stream, line.seq), ...line, hash: hashLine(line) }
}

/** Leaves out what was not given, so that the stored and the hashed form are the same. */
export function definedOnly(data: FactData): Record<string, PlainJson> {
  return Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, PlainJson] => entry[1] !== undefined),
  )
}
