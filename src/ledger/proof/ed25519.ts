import type { KeyObject } from 'node:crypto'
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'

/** Head of a DER `SubjectPublicKeyInfo` of an Ed25519 key; the 32 bytes of the key follow. Source: RFC 8410. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/** Something that signs. The private half never leaves it. */
export interface Signer {
  /** 32 bytes. */
  readonly publicKey: Buffer
  /** @returns 64 bytes, always the same for the same message */
  sign(message: Uint8Array): Buffer
}

/** A signer from the text of a PEM file. @throws Error when it is no Ed25519 private key */
export function signerFromPem(pem: string): Signer {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key')
  return { publicKey: rawPublicKey(createPublicKey(key)), sign: (message) => sign(null, message, key) }
}

/** A new private key as PEM. */
export function newPrivateKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Whether a signature over a message is the key's. False for whatever is no key and no signature. */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' })
    return verify(null, message, key, signature)
  } catch {
    return false
  }
}

/** Whether a signature written in base64 is the key's; one written in any other way than the usual is not. */
export function isSignedInBase64(publicKey: string, message: Uint8Array, signature: string): boolean {
  const [key, bytes] = [Buffer.from(publicKey, 'base64'), Buffer.from(signature, 'base64')]
  const isUsual = key.toString('base64') === publicKey && bytes.toString('base64') === signature
  return isUsual && isSignedBy(key, message, bytes)
}

/** What people compare when they compare keys: SHA-256 of the 32 bytes, hexadecimal. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex')
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(SPKI_HEAD.length)
}
