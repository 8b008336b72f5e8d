import { countyOfOrigin, readCheckpointText } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import type { Signer } from './ed25519.ts'
import type { LedgerKey } from './ledger-key.ts'
import { faultOfKeys } from './ledger-key.ts'
import { verifyConsistency } from './merkle-proof.ts'
import type { CosignatureInput } from './public-log.ts'
import { isNoteSignedBy, readNote, writeSignature } from './signed-note.ts'

/** What a witness remembers of a log. It never forgets, and never believes less. */
export interface SeenLog {
  readonly size: number
  /** Base64. */
  readonly root: string
  readonly keys: readonly LedgerKey[]
}

/** What a log says now. */
export interface SaidByLog {
  readonly origin: string
  readonly note: string
  readonly keys: readonly LedgerKey[]
  /** Base64; from the size seen last. */
  readonly proof: readonly string[]
}

/** Why a witness does not cosign. The log has broken its word, or somebody stands between. */
export class WitnessRefusal extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Refusal'
  }
}

/**
 * Judges what a log says by what was seen of it before.
 *
 * @param seen - nothing at the first meeting: then the log's first key is believed from now on
 * @returns what to remember
 * @throws WitnessRefusal for a log that shrank, forked, or signs with an unknown key
 */
export function judgeLog(seen: SeenLog | undefined, said: SaidByLog): SeenLog {
  const note = readNote(said.note)
  const checkpoint = readCheckpointText(note?.text ?? '')
  if (!note || checkpoint?.origin !== said.origin || countyOfOrigin(said.origin) === undefined)
    throw new WitnessRefusal(`不是 ${said.origin} 的检查点 · not a checkpoint of ${said.origin}`)
  const fault = faultOfKeys(said.keys, seen?.keys ?? [])
  if (fault !== undefined) throw new WitnessRefusal(`公钥不可信 · the keys cannot be believed: ${fault}`)
  const isSigned = said.keys.some(({ publicKey }) =>
    isNoteSignedBy(note, { name: said.origin, publicKey: Buffer.from(publicKey, 'base64') }),
  )
  if (!isSigned) throw new WitnessRefusal('检查点签名无效 · the checkpoint is not signed by a known key')
  const { size, root } = checkpoint
  if (seen) requireGrowth(seen, { size, root }, said.proof)
  return { size, root: root.toString('base64'), keys: said.keys }
}

/** The witness's statement about a checkpoint it has judged. */
export function cosignNote(note: string, name: string, signer: Signer, at: Date): CosignatureInput {
  const text = readNote(note)?.text ?? ''
  const size = readCheckpointText(text)?.size ?? 0
  const line = writeSignature(cosign(text, name, signer, at))
  return { size, name, publicKey: signer.publicKey.toString('base64'), line }
}

function requireGrowth(seen: SeenLog, now: { size: number; root: Buffer }, proof: readonly string[]): void {
  if (now.size < seen.size)
    throw new WitnessRefusal(
      `账目变短了：以前 ${seen.size} 笔，现在 ${now.size} 笔 · the ledger shrank from ${seen.size} to ${now.size} entries`,
    )
  const before = { size: seen.size, root: Buffer.from(seen.root, 'base64') }
  const digests = proof.map((digest) => Buffer.from(digest, 'base64'))
  if (!verifyConsistency(before, now, digests))
    throw new WitnessRefusal(
      `账目被改写：${now.size} 笔不是从见过的 ${seen.size} 笔长出来的 · the ledger was rewritten: ` +
        `the ${now.size} entries did not grow out of the ${seen.size} seen before`,
    )
}
