import { deserialize, serialize } from 'bson'
import type { Document } from 'bson'
import { collectionOf, fieldOf } from './command.ts'
import type { Command } from './command.ts'
import { CODE, codeOfState, CommandFailure } from './errors.ts'
import type { Gateway } from './gateway.ts'
import { query } from './gateway.ts'
import { PostgresError } from './postgres/protocol.ts'
import type { Row } from './postgres/protocol.ts'
import { SQL } from './statements.ts'
import { splitDocuments } from './wire/raw-bson.ts'

/** What mongod says about a duplicate key. */
export interface Duplicate {
  readonly errmsg: string
  readonly keyPattern: Document
  /** The offending values, as far as the command itself tells them. */
  readonly keyValue: Document
}

/**
 * Puts pattern and value of the violated index to a write error, which the engine only names.
 *
 * @param list - where the command keeps its entries: `documents`, `updates`
 * @returns undefined when the index is not found any more
 */
export async function explainDuplicate(
  error: { readonly index: number; readonly errmsg: string },
  command: Command,
  gateway: Gateway,
  list: string,
): Promise<Duplicate | undefined> {
  const name = /Index '(.*)'/.exec(error.errmsg)?.[1] ?? '_id_'
  const keyPattern = name === '_id_' ? { _id: 1 } : await patternByName(name, command, gateway)
  const entry = entryAt(command, list, error.index)
  return keyPattern && describe(command, name, keyPattern, list === 'documents' ? entry : intended(entry))
}

/** The failure of a findAndModify that met a duplicate key; undefined for any other error. */
export async function duplicateFailure(
  error: unknown,
  command: Command,
  gateway: Gateway,
): Promise<CommandFailure | undefined> {
  if (error instanceof CommandFailure && error.code !== CODE.duplicateKey) return undefined
  const cause = error instanceof CommandFailure ? error.cause : error
  if (!(cause instanceof PostgresError) || codeOfState(cause.state) !== CODE.duplicateKey) return undefined
  const id = /_rum_index_(\d+)$/.exec(cause.constraint)?.[1]
  const found = id === undefined ? { name: '_id_', keyPattern: { _id: 1 } } : await patternById(id, gateway)
  if (!found) return undefined
  const { errmsg, ...extra } = describe(command, found.name, found.keyPattern, intended(deserialize(command.body)))
  return new CommandFailure(CODE.duplicateKey, errmsg, [], extra)
}

/** Whether no document with that key can be seen from inside the command's transaction. */
export async function isInvisible(duplicate: Partial<Duplicate>, command: Command, gateway: Gateway): Promise<boolean> {
  const { keyValue, keyPattern } = duplicate
  if (!keyValue || !keyPattern || Object.keys(keyPattern).some((path) => !(path in keyValue))) return false
  const spec = { find: collectionOf(command), filter: keyValue, limit: 1, projection: { _id: 1 } }
  const rows = await query(gateway, command, SQL.find, [command.db, Buffer.from(serialize(spec))])
  const page = deserialize(rows[0]?.[0] ?? Buffer.alloc(0)) as { cursor: { firstBatch: Document[] } }
  return page.cursor.firstBatch.length === 0
}

function describe(command: Command, index: string, keyPattern: Document, entry: Document): Duplicate {
  const known = Object.keys(keyPattern).filter((path) => valueAt(entry, path) !== undefined)
  const keyValue = Object.fromEntries(known.map((path) => [path, valueAt(entry, path)]))
  const told = Object.keys(keyPattern).map((path) => `${path}: ${JSON.stringify(keyValue[path] ?? null)}`)
  const place = `${command.db}.${collectionOf(command)} index: ${index}`
  return {
    errmsg: `E11000 duplicate key error collection: ${place} dup key: { ${told.join(', ')} }`,
    keyPattern,
    keyValue,
  }
}

async function patternByName(name: string, command: Command, gateway: Gateway): Promise<Document | undefined> {
  const parameters = [command.db, collectionOf(command), name]
  const [rows] = await gateway.pool.run([{ statement: SQL.indexByName, parameters }])
  return readIndex(rows)?.keyPattern
}

async function patternById(id: string, gateway: Gateway): Promise<{ name: string; keyPattern: Document } | undefined> {
  const [rows] = await gateway.pool.run([{ statement: SQL.indexById, parameters: [id] }])
  return readIndex(rows)
}

function readIndex(rows: readonly Row[] = []): { name: string; keyPattern: Document } | undefined {
  const [name, key] = rows[0] ?? []
  return name && key ? { name: name.toString(), keyPattern: deserialize(key) } : undefined
}

function entryAt(command: Command, list: string, index: number): Document {
  const sequence = command.sequences.find((one) => one.name === list)
  const apart = sequence && splitDocuments(sequence.bytes)[index]
  if (apart) return deserialize(apart)
  const field = fieldOf(command, list)
  const inside = field && deserialize(command.body.subarray(field.value, field.end))
  return (inside?.[String(index)] ?? {}) as Document
}

/** The values an update would have left, as far as it names them: its filter's, overlaid by what it sets. */
function intended(entry: Document): Document {
  const filter = (entry['q'] ?? entry['query'] ?? {}) as Document
  const change = (entry['u'] ?? entry['update'] ?? {}) as Document
  const { $set, $setOnInsert, ...replaced } = change as { $set?: Document; $setOnInsert?: Document }
  return { ...filter, ...replaced, ...$setOnInsert, ...$set }
}

/** A value by its dotted path, whether the path is spelled out as one name or goes through nested documents. */
function valueAt(entry: Document, path: string): unknown {
  if (path in entry) return entry[path] as unknown
  return path.split('.').reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), entry)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
