import { createHash } from 'node:crypto'
import type { Signer } from './ed25519.ts'
import { isSignedBy } from './ed25519.ts'

/** Kinds of signatures under a note. Source: C2SP signed-note and tlog-cosignature. */
export const SIGNATURE_TYPES = { ed25519: 1, cosignature: 4 } as const

export type SignatureType = keyof typeof SIGNATURE_TYPES

/** One line under a note. */
export interface NoteSignature {
  readonly name: string
  /** 8 hexadecimal digits that tell keys of one name apart. */
  readonly keyId: string
  /** What follows the key's id. */
  readonly bytes: Buffer
}

/** A text and who signed it. */
export interface Note {
  /** Ends with a line feed. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A key as a reader of notes knows it. */
export interface NoteKey {
  readonly name: string
  readonly publicKey: Uint8Array
}

const SIGNATURE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/

/** The id of a key under a name: the first four bytes of `SHA256(name || "\n" || type || key)`, hexadecimal. */
export function noteKeyId({ name, publicKey }: NoteKey, type: SignatureType): string {
  const hash = createHash('sha256').update(`${name}\n`, 'utf8').update(Uint8Array.of(SIGNATURE_TYPES[type]))
  return hash.update(publicKey).digest('hex').slice(0, 8)
}

/** Reads a note; nothing when a text is none. */
export function readNote(note: string): Note | undefined {
  const at = note.lastIndexOf('\n\n')
  if (at <= 0 || !note.endsWith('\n')) return undefined
  const signatures = note
    .slice(at + 2, -1)
    .split('\n')
    .map(readSignature)
  const text = note.slice(0, at + 1)
  return signatures.every((signature) => signature !== undefined) ? { text, signatures } : undefined
}

/** The text of a note. */
export function writeNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map((signature) => `${writeSignature(signature)}\n`).join('')}`
}

/** A line under a note as it is written, without its line feed. */
export function writeSignature({ name, keyId, bytes }: NoteSignature): string {
  return `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), bytes]).toString('base64')}`
}

/** Reads one line under a note; nothing when it is none. */
export function readSignature(line: string): NoteSignature | undefined {
  const [, name, encoded] = SIGNATURE.exec(line) ?? []
  if (name === undefined || encoded === undefined) return undefined
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.length < 5 || bytes.toString('base64') !== encoded) return undefined
  return { name, keyId: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) }
}

/** Signs a text under a name. */
export function signText(text: string, name: string, signer: Signer): NoteSignature {
  const keyId = noteKeyId({ name, publicKey: signer.publicKey }, 'ed25519')
  return { name, keyId, bytes: signer.sign(Buffer.from(text, 'utf8')) }
}

/** Whether a key has signed a note. */
export function isNoteSignedBy({ text, signatures }: Note, key: NoteKey): boolean {
  const keyId = noteKeyId(key, 'ed25519')
  return signatures.some(
    ({ name, keyId: id, bytes }) =>
      name === key.name && id === keyId && isSignedBy(key.publicKey, Buffer.from(text, 'utf8'), bytes),
  )
}
