import type { FieldVault, SealedText } from './field-vault.ts'

/** Where a sealed value stands in the records of a collection. */
export interface SealedField {
  /** `story`, `place.text`, `opinions.*.text`: the star is every position of a list. */
  readonly path: string
  /** The field it was bound to when it was sealed, by its position in the list; the path itself unless said. */
  readonly field?: (position: number) => string
  /** What stands there once the record is erased; nothing unless said. */
  readonly erased?: string
}

/** When the sealed fields of a record are erased. */
export interface Retention {
  /** The field that names a case: erased with the case, so long after it was closed. */
  readonly withCase?: string
  /** Records without a case: so long after this moment. */
  readonly since?: string
  /** Only those records without a case. */
  readonly where?: Readonly<Record<string, unknown>>
}

/** Search tokens made from a sealed field. */
export interface TokenField {
  readonly path: string
  /** A path of a sealed field. */
  readonly of: string
  make(vault: FieldVault, county: string, text: string): readonly string[]
}

/** All that a domain seals in one collection. Declared beside the record it describes. */
export interface SealedCollection {
  readonly collection: string
  readonly fields: readonly SealedField[]
  readonly tokens?: readonly TokenField[]
  readonly retention: Retention
}

/** A record as the database gives it. */
export interface StoredRecord {
  readonly _id: string
  readonly county: string
  readonly [name: string]: unknown
}

/** A value that must be there still, and what replaces it, by path with positions: `opinions.0.text`. */
export interface Resealed {
  readonly was: Readonly<Record<string, unknown>>
  readonly becomes: Readonly<Record<string, unknown>>
}

/**
 * The values of a record that need the newest key, sealed again at their places, with their tokens. Undefined when all is current.
 *
 * @throws FieldVaultError when a value does not open: declared wrongly, tampered with, or its key was taken off the list too early
 */
export function reseal(
  vault: FieldVault,
  { collection, fields, tokens = [] }: SealedCollection,
  record: StoredRecord,
): Resealed | undefined {
  const was: Record<string, unknown> = {}
  const becomes: Record<string, unknown> = {}
  for (const { path, field = () => path } of fields)
    for (const { at, position, value } of valuesAt(record, path)) {
      if (!vault.needsRotation(value)) continue
      const place = { collection, field: field(position), record: record._id }
      const text = vault.open(value, place)
      was[at] = value
      becomes[at] = vault.seal(text, place)
      for (const token of tokens.filter(({ of }) => of === path))
        becomes[token.path] = token.make(vault, record.county, text)
    }
  return Object.keys(was).length > 0 ? { was, becomes } : undefined
}

/** What replaces the sealed fields and the tokens of a record that is erased. The record itself stays: chains and sums name it. */
export function erase(
  vault: FieldVault,
  { collection, fields, tokens = [] }: SealedCollection,
  record: StoredRecord,
): Readonly<Record<string, unknown>> {
  const becomes: Record<string, unknown> = Object.fromEntries(tokens.map(({ path }) => [path, []]))
  for (const { path, field = () => path, erased = '' } of fields)
    for (const { at, position } of valuesAt(record, path))
      becomes[at] = vault.seal(erased, { collection, field: field(position), record: record._id })
  return becomes
}

interface SealedValue {
  readonly at: string
  readonly position: number
  readonly value: SealedText
}

function valuesAt(record: unknown, path: string): SealedValue[] {
  const [list = '', rest] = path.split('.*.')
  if (rest === undefined) return valueAt(record, list).map((value) => ({ at: list, position: 0, value }))
  const entries = read(record, list)
  if (!Array.isArray(entries)) return []
  return entries.flatMap((entry, position) =>
    valueAt(entry, rest).map((value) => ({ at: `${list}.${position}.${rest}`, position, value })),
  )
}

function valueAt(record: unknown, path: string): SealedText[] {
  const value = read(record, path)
  return typeof value === 'string' ? [value as SealedText] : []
}

function read(record: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], record)
}
