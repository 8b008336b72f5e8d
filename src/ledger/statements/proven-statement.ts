import type { Seal } from '../periods/seal.ts'
import type { Checkpoint } from '../proof/checkpoint.ts'
import { readCheckpointText } from '../proof/checkpoint.ts'
import { readNote, writeSignature } from '../proof/signed-note.ts'
import type { Statement } from './statement.ts'

/** How far a month has come: running, over and not closed, closed and waiting for its seal, sealed. */
export type MonthState = 'running' | 'over' | 'closing' | 'sealed'

/** The first checkpoint that covers a closed month, as it is printed. */
export interface PrintedCheckpoint {
  readonly origin: string
  readonly size: number
  /** Base64. */
  readonly root: string
  /** RFC 3339. */
  readonly at: string
  /** Fingerprint of the key. */
  readonly key: string
  /** Digest of where each fund stood, base64. */
  readonly points: string
  /** The line under the note. */
  readonly signature: string
  /** The whole signed note: what a verifier reads. */
  readonly note: string
}

/** A statement with what proves it. */
export interface ProvenStatement extends Statement {
  readonly state: MonthState
  readonly seal?: Seal
  readonly checkpoint?: PrintedCheckpoint
}

/** A statement with its seal and the first checkpoint above its closing entry. */
export function proveStatement(
  statement: Statement,
  state: MonthState,
  seal: Seal | undefined,
  checkpoint: Checkpoint | undefined,
): ProvenStatement {
  return {
    ...statement,
    state,
    ...(seal ? { seal } : {}),
    ...(checkpoint ? { checkpoint: printed(checkpoint) } : {}),
  }
}

function printed({ note, key }: Checkpoint): PrintedCheckpoint {
  const read = readNote(note)
  const said = readCheckpointText(read?.text ?? '')
  const [signature] = read?.signatures ?? []
  if (!said || !signature) throw new TypeError('A kept checkpoint has a note')
  const { origin, size, root, at, points } = said
  return { origin, size, root: root.toString('base64'), at, points, key, signature: writeSignature(signature), note }
}
