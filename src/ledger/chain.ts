import { hash as digest } from 'node:crypto'
import type { PlainJson } from '../shared/canonical-json.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import type { Entry } from './entry.ts'

/** The first byte and line of what is hashed, so that a ledger hash can never be taken for another kind of hash. */
const DOMAIN = '\u0000reservefund/v1\n'

/**
 * The hash of an entry: SHA-256 over `0x00`, `reservefund/v1\n`, the hash before it (64 hexadecimal digits) and the canonical form
 * (RFC 8785) of every field but the hash itself.
 *
 * @returns 64 lower-case hexadecimal digits
 */
export function hashEntry(entry: Omit<Entry, 'hash'>): string {
  return digest('sha256', `${DOMAIN}${entry.prev}${canonicalJson(entry as unknown as PlainJson)}`)
}

/** The entry with its hash. */
export function sealEntry(entry: Omit<Entry, 'hash'>): Entry {
  return { ...entry, hash: hashEntry(entry) }
}

/** Whether an entry's hash is the one its fields give. */
export function isSealed(entry: Entry): boolean {
  const { hash, ...fields } = entry
  return hashEntry(fields) === hash
}

/**
 * The same, for an entry read from a line that may be its canonical text already: then the line is hashed as it stands, without
 * writing it anew.
 *
 * A line is canonical when it is what JSON makes of it again and its names are in order; the hash cannot stand in what it is the hash of,
 * so taking out the wrong member never gives a match.
 */
export function isSealedLine(entry: Entry, line: string): boolean {
  const member = `"hash":"${entry.hash}",`
  const at = line.indexOf(member)
  if (at < 0 || JSON.stringify(entry) !== line || !isInOrder(entry)) return isSealed(entry)
  const fields = line.slice(0, at) + line.slice(at + member.length)
  return digest('sha256', `${DOMAIN}${entry.prev}${fields}`) === entry.hash || isSealed(entry)
}

function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isInOrder)
  let before: string | undefined
  for (const [name, member] of Object.entries(value)) {
    if (before !== undefined && before >= name) return false
    if (typeof member === 'object' && !isInOrder(member)) return false
    before = name
  }
  return true
}
