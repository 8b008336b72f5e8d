import { fingerprintOf, isSignedInBase64 } from './ed25519.ts'
import type { Signer } from './ed25519.ts'

/** A public key of the ledger. Each but the first is signed by the one before it, so whoever trusts the first can trust them all. */
export interface LedgerKey {
  /** 1, 2, 3 … */
  readonly no: number
  /** SHA-256 of the key, hexadecimal. */
  readonly fingerprint: string
  /** 32 bytes, base64. */
  readonly publicKey: string
  /** From when on it signs. RFC 3339. */
  readonly from: string
  /** Fingerprint of the key that signed this line; its own for the first. */
  readonly signedBy: string
  /** Base64. */
  readonly signature: string
}

/** The line that makes a key known, signed by the newest key before it, or by itself when it is the first. */
export function introduceKey(
  key: Pick<Signer, 'publicKey'>,
  before: { readonly no: number; readonly signer: Signer } | Signer,
  from: string,
): LedgerKey {
  const [no, signer] = 'signer' in before ? [before.no + 1, before.signer] : [1, before]
  const line = { no, publicKey: key.publicKey.toString('base64'), from }
  return {
    ...line,
    fingerprint: fingerprintOf(key.publicKey),
    signedBy: fingerprintOf(signer.publicKey),
    signature: signer.sign(keyText(line)).toString('base64'),
  }
}

/**
 * Why a list of keys cannot be believed; nothing when it can: numbered 1, 2, 3, each signed by the one before, and beginning with the
 * keys trusted already.
 *
 * @param trusted - keys known from elsewhere; empty believes the first
 */
export function faultOfKeys(keys: readonly LedgerKey[], trusted: readonly LedgerKey[] = []): string | undefined {
  for (const [index, known] of trusted.entries())
    if (keys[index]?.publicKey !== known.publicKey) return `key ${index + 1} is not the one known before`
  for (const [index, key] of keys.entries()) {
    const signer = keys[Math.max(0, index - 1)] ?? key
    if (!isIntroduced(key, signer, index + 1)) return `key ${index + 1} is not signed by the key before it`
  }
  return undefined
}

function isIntroduced(key: LedgerKey, signer: LedgerKey, no: number): boolean {
  const publicKey = Buffer.from(key.publicKey, 'base64')
  return (
    key.no === no &&
    key.fingerprint === fingerprintOf(publicKey) &&
    key.signedBy === signer.fingerprint &&
    isSignedInBase64(signer.publicKey, keyText(key), key.signature)
  )
}

function keyText({ no, publicKey, from }: Pick<LedgerKey, 'no' | 'publicKey' | 'from'>): Buffer {
  return Buffer.from(`jiujinan-ledger-key/v1\n${no}\n${publicKey}\n${from}\n`, 'utf8')
}
