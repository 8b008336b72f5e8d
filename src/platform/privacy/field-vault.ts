import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { FieldKey } from './field-keys.ts'
import { deriveFieldKey } from './field-keys.ts'

/** An encrypted value as it is stored. Only a vault makes one, so clear text cannot slip into a sealed field. */
export type SealedText = string & { readonly __sealed: true }

/** Where a value lives. It is bound to this place: copied to another record, field or collection it no longer opens. */
export interface FieldPlace {
  readonly collection: string
  readonly field: string
  readonly record: string
}

/** What a search token is about. Tokens of two counties or two kinds never match each other. */
export interface TokenScope {
  readonly county: string
  readonly kind: string
}

/**
 * Encrypts single fields and makes the keyed tokens by which they can be found.
 *
 * A sealed value is base64url text: format version (1 byte), key id (5), nonce (12), ciphertext, tag (16). Its first 8 characters are version
 * and key id, so that old values can be told from new ones without opening them.
 *
 * New values and new tokens use the newest key. Values open with any listed key, and searching asks for the tokens of every listed key, so that
 * nothing is lost between adding a key and the end of `rotateRecords`; after that the old key may leave the list.
 */
export interface FieldVault {
  /** AES-256-GCM with a random nonce of 96 bits; the place is authenticated with it. */
  seal(text: string, place: FieldPlace): SealedText
  /** @throws FieldVaultError `unknown_key` when its key is no longer listed, `tampered` when value or place is not the sealed one */
  open(sealed: SealedText, place: FieldPlace): string
  /** Whether a value was sealed with another than the newest key. */
  needsRotation(sealed: SealedText): boolean
  /** The token to store. HMAC-SHA-256 with the newest key, 72 bits. */
  token(scope: TokenScope, value: string): string
  /** The tokens to look for: one per listed key. */
  searchTokens(scope: TokenScope, value: string): readonly string[]
  /** A keyed digest for the journal: tells whether two values were equal, not what they were. */
  digest(county: string, value: string): string
}

export class FieldVaultError extends Error {
  readonly kind: 'unknown_key' | 'tampered'

  constructor(kind: 'unknown_key' | 'tampered', { collection, field, record }: FieldPlace) {
    super(`Cannot open ${collection}.${field} of ${record}: ${kind}`)
    this.name = 'FieldVaultError'
    this.kind = kind
  }
}

const FORMAT = Buffer.from([1])
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Format and key id. Characters of base64url, which is why they are a multiple of three bytes. */
const HEADER_CHARS = 8
const HEADER_BYTES = 6
/** 72 bits: among a million records a false match is not to be expected, and every match is checked after opening. */
const TOKEN_BYTES = 9

/**
 * Makes the vault of a list of keys.
 *
 * @param keys - 32 bytes each, newest first
 */
export function createFieldVault(keys: readonly Uint8Array[]): FieldVault {
  const [newest, ...older] = keys.map(deriveFieldKey)
  if (!newest) throw new Error('A field vault needs a key')
  const all = [newest, ...older]
  const keyOf = new Map(all.map((key) => [headerOf(key), key]))
  const newestHeader = headerOf(newest)

  return {
    seal: (text, place) => seal(newest, text, place),
    open(sealed, place) {
      const key = keyOf.get(sealed.slice(0, HEADER_CHARS))
      if (!key) throw new FieldVaultError('unknown_key', place)
      return open(key, sealed, place)
    },
    needsRotation: (sealed) => !sealed.startsWith(newestHeader),
    token: (scope, value) => token(newest, scope, value),
    searchTokens: (scope, value) => all.map((key) => token(key, scope, value)),
    digest: (county, value) => token(newest, { county, kind: 'digest' }, value),
  }
}

function seal(key: FieldKey, text: string, place: FieldPlace): SealedText {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key.encryption, nonce)
  cipher.setAAD(bindingOf(place))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([FORMAT, key.id, nonce, body, cipher.getAuthTag()]).toString('base64url') as SealedText
}

function open(key: FieldKey, sealed: SealedText, place: FieldPlace): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const bodyStart = HEADER_BYTES + NONCE_BYTES
  const bodyEnd = bytes.length - TAG_BYTES
  if (bodyEnd < bodyStart) throw new FieldVaultError('tampered', place)
  const nonce = bytes.subarray(HEADER_BYTES, bodyStart)
  const decipher = createDecipheriv('aes-256-gcm', key.encryption, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(bindingOf(place))
  decipher.setAuthTag(bytes.subarray(bodyEnd))
  try {
    return decipher.update(bytes.subarray(bodyStart, bodyEnd), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new FieldVaultError('tampered', place)
  }
}

function token(key: FieldKey, { county, kind }: TokenScope, value: string): string {
  const mac = createHmac('sha256', key.search).update(JSON.stringify([county, kind, value]))
  return mac.digest().subarray(0, TOKEN_BYTES).toString('base64url')
}

function headerOf(key: FieldKey): string {
  return Buffer.concat([FORMAT, key.id]).toString('base64url')
}

function bindingOf({ collection, field, record }: FieldPlace): Buffer {
  return Buffer.from(JSON.stringify([collection, field, record]))
}
