import type { Signer } from './ed25519.ts'
import { isSignedBy } from './ed25519.ts'
import type { NoteKey, NoteSignature } from './signed-note.ts'
import { noteKeyId } from './signed-note.ts'

/** Bytes of the time before the signature. */
const TIME_BYTES = 8

/**
 * A witness's statement that a checkpoint grew out of every checkpoint it has seen before.
 *
 * Source: C2SP tlog-cosignature, `cosignature/v1`.
 *
 * @param text - the text of the checkpoint's note, with its last line feed
 */
export function cosign(text: string, name: string, signer: Signer, at: Date): NoteSignature {
  const seconds = Math.floor(at.getTime() / 1_000)
  const time = Buffer.alloc(TIME_BYTES)
  time.writeBigUInt64BE(BigInt(seconds))
  const keyId = noteKeyId({ name, publicKey: signer.publicKey }, 'cosignature')
  return { name, keyId, bytes: Buffer.concat([time, signer.sign(message(text, BigInt(seconds)))]) }
}

/** When a witness cosigned a text; nothing when it is not its cosignature. */
export function cosignedAt(text: string, { name, keyId, bytes }: NoteSignature, key: NoteKey): Date | undefined {
  if (name !== key.name || keyId !== noteKeyId(key, 'cosignature') || bytes.length !== TIME_BYTES + 64) return undefined
  const seconds = bytes.readBigUInt64BE()
  const isTheirs = isSignedBy(key.publicKey, message(text, seconds), bytes.subarray(TIME_BYTES))
  return isTheirs ? new Date(Number(seconds) * 1_000) : undefined
}

function message(text: string, seconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8')
}
