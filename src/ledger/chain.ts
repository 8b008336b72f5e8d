import { createHash } from 'node:crypto'
import type { PlainJson } from '../shared/canonical-json.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import type { Entry } from './entry.ts'

/** The first byte and line of what is hashed, so that a ledger hash can never be taken for another kind of hash. */
const DOMAIN = Buffer.concat([Buffer.from([0]), Buffer.from('reservefund/v1\n', 'utf8')])

/**
 * The hash of an entry: SHA-256 over `0x00`, `reservefund/v1\n`, the hash before it (64 hexadecimal digits) and the canonical form
 * (RFC 8785) of every field but the hash itself.
 *
 * @returns 64 lower-case hexadecimal digits
 */
export function hashEntry(entry: Omit<Entry, 'hash'>): string {
  return createHash('sha256')
    .update(DOMAIN)
    .update(entry.prev)
    .update(canonicalJson(entry as unknown as PlainJson))
    .digest('hex')
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
