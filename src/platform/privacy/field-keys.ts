import { hkdfSync } from 'node:crypto'

/** The working keys of one listed key. Encryption and search never share one. */
export interface FieldKey {
  /** Not secret; written before each value so that reading finds the right key. 5 bytes. */
  readonly id: Buffer
  readonly encryption: Buffer
  readonly search: Buffer
}

/** Length of a listed key and of every key made from it. Bytes. */
const KEY_BYTES = 32
const ID_BYTES = 5

/**
 * Reads `FIELD_KEYS`: base64 keys of 32 bytes, newest first, separated by commas or spaces.
 *
 * @throws Error naming the position of a bad key, never its content
 */
export function parseFieldKeys(text: string): readonly Buffer[] {
  const keys = text.split(/[\s,]+/).filter((part) => part !== '')
  if (keys.length === 0) throw new Error('FIELD_KEYS names no key')
  return keys.map((key, index) => {
    const bytes = Buffer.from(key, 'base64')
    if (bytes.length !== KEY_BYTES) throw new Error(`FIELD_KEYS: key ${index + 1} is not 32 bytes in base64`)
    return bytes
  })
}

/** The working keys of a listed key. HKDF, RFC 5869, with a purpose each. */
export function deriveFieldKey(master: Uint8Array): FieldKey {
  if (master.length !== KEY_BYTES) throw new Error('A field key has 32 bytes')
  const derive = (purpose: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', master, '', `jiujinan/fields/v1/${purpose}`, length))
  return {
    id: derive('key-id', ID_BYTES),
    encryption: derive('encryption', KEY_BYTES),
    search: derive('search', KEY_BYTES),
  }
}
