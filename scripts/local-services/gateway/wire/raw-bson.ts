/** One field of a BSON document, as offsets into its bytes. */
export interface Field {
  readonly name: string
  /** BSON type byte. */
  readonly type: number
  /** Offset of the type byte. */
  readonly start: number
  /** Offset of the value. */
  readonly value: number
  /** Offset behind the value. */
  readonly end: number
}

/** A message or document whose bytes do not follow the rules of BSON. */
export class MalformedBson extends Error {
  override readonly name = 'MalformedBson'
}

/** BSON type bytes that the gateway looks at. Source: bsonspec.org, version 1.1. */
export const TYPE = { double: 1, string: 2, document: 3, array: 4, bool: 8, int32: 16, int64: 18 } as const

const FIXED: Readonly<Partial<Record<number, number>>> = {
  1: 8, // double
  6: 0, // undefined
  7: 12, // object id
  8: 1, // boolean
  9: 8, // date
  10: 0, // null
  16: 4, // int32
  17: 8, // timestamp
  18: 8, // int64
  19: 16, // decimal128
  127: 0, // max key
  255: 0, // min key
}

/**
 * The top-level fields of a document, without decoding any value.
 *
 * @param doc - one whole document, length prefix included
 * @throws MalformedBson when lengths do not add up
 */
export function readFields(doc: Buffer): Field[] {
  if (doc.length < 5 || doc.readInt32LE(0) !== doc.length) throw new MalformedBson('document length is wrong')
  const fields: Field[] = []
  let at = 4
  for (let type = doc[at]; type !== 0; type = doc[at]) {
    if (type === undefined) throw new MalformedBson('document has no end')
    const value = endOfText(doc, at + 1)
    const end = value + sizeOf(type, doc, value)
    if (end >= doc.length) throw new MalformedBson('field runs past its document')
    fields.push({ name: doc.toString('utf8', at + 1, value - 1), type, start: at, value, end })
    at = end
  }
  return fields
}

/** The document without some of its fields; the same buffer when it has none of them. */
export function withoutFields(doc: Buffer, fields: readonly Field[], dropped: ReadonlySet<string>): Buffer {
  if (!fields.some((field) => dropped.has(field.name))) return doc
  const kept = fields.filter((field) => !dropped.has(field.name))
  return wrapDocument(kept.map((field) => doc.subarray(field.start, field.end)))
}

/** A document made of encoded fields. */
export function wrapDocument(parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 5)
  const doc = Buffer.allocUnsafe(length)
  doc.writeInt32LE(length, 0)
  let at = 4
  for (const part of parts) at += part.copy(doc, at)
  doc[at] = 0
  return doc
}

/** An encoded field holding a document or array. */
export function documentField(name: string, type: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), value])
}

/** Encoded array of whole documents, named by their place. */
export function arrayOf(documents: readonly Buffer[]): Buffer {
  return wrapDocument(documents.map((doc, place) => documentField(String(place), TYPE.document, doc)))
}

/** Splits documents that follow each other without anything between them. */
export function splitDocuments(sequence: Buffer): Buffer[] {
  const documents: Buffer[] = []
  for (let at = 0; at < sequence.length;) {
    const length = at + 4 <= sequence.length ? sequence.readInt32LE(at) : 0
    if (length < 5 || at + length > sequence.length) throw new MalformedBson('document sequence is cut')
    documents.push(sequence.subarray(at, at + length))
    at += length
  }
  return documents
}

/** Text of a string field. */
export function textOf(doc: Buffer, field: Field): string {
  if (field.type !== TYPE.string) throw new MalformedBson(`${field.name} is not a string`)
  return doc.toString('utf8', field.value + 4, field.end - 1)
}

function endOfText(doc: Buffer, from: number): number {
  const zero = doc.indexOf(0, from)
  if (zero < 0) throw new MalformedBson('text has no end')
  return zero + 1
}

function sizeOf(type: number, doc: Buffer, value: number): number {
  const fixed = FIXED[type]
  if (fixed !== undefined) return fixed
  if (type === 11) return endOfText(doc, endOfText(doc, value)) - value
  const length = value + 4 <= doc.length ? doc.readInt32LE(value) : -1
  if (length < 0) throw new MalformedBson('value length is wrong')
  if (type === 3 || type === 4 || type === 15) return length
  if (type === 2 || type === 13 || type === 14) return 4 + length
  if (type === 5) return 5 + length
  if (type === 12) return 4 + length + 12
  throw new MalformedBson(`unknown type ${type}`)
}
