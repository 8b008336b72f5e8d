import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { Signer } from './ed25519.ts'
import type { Digest } from './merkle.ts'
import { readNote, signText, writeNote } from './signed-note.ts'

/** Where a fund stood when a checkpoint was made. */
export interface FundPoint {
  readonly fundId: string
  readonly seq: number
  readonly hash: string
}

/** What a checkpoint says of a county's whole ledger. */
export interface CheckpointText {
  readonly origin: string
  /** Entries in the tree. */
  readonly size: number
  readonly root: Digest
  /** RFC 3339 in UTC. */
  readonly at: string
  /** SHA-256 of the funds' points, base64. */
  readonly points: string
}

/** A checkpoint as it is kept: signed, with the points its text covers by their digest. */
export interface Checkpoint {
  readonly county: string
  readonly size: number
  /** Base64. */
  readonly root: string
  readonly at: string
  /** Signed note in the form of C2SP tlog-checkpoint. */
  readonly note: string
  /** By fund's id. */
  readonly points: readonly FundPoint[]
  /** Fingerprint of the key that signed it. */
  readonly key: string
}

/** The name of a county's log, and of the keys that sign it. */
export function originOf(county: string): string {
  return `jiujinan/reserve-fund/${county}`
}

/** The county of a log's name; nothing when it is none of ours. */
export function countyOfOrigin(origin: string): string | undefined {
  return /^jiujinan\/reserve-fund\/(\d{6})$/.exec(origin)?.[1]
}

/** Digest of where the funds stood, base64. */
export function digestOfPoints(points: readonly FundPoint[]): string {
  const plain = points.map(({ fundId, seq, hash }) => ({ fundId, seq, hash }))
  return createHash('sha256').update(canonicalJson(plain), 'utf8').digest('base64')
}

/**
 * The text of a checkpoint: origin, size, root, and two lines of our own – when it was made, and the digest of where each fund stood,
 * so that whoever keeps it can later name the numbers that are missing.
 */
export function writeCheckpointText({ origin, size, root, at, points }: CheckpointText): string {
  return `${origin}\n${size}\n${root.toString('base64')}\ntime ${at}\npoints ${points}\n`
}

/** Reads the text of a checkpoint; nothing when it is none. */
export function readCheckpointText(text: string): CheckpointText | undefined {
  const found = /^(\S+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\ntime (\S+)\npoints ([A-Za-z0-9+/]{43}=)\n$/.exec(text)
  const [, origin = '', size = '', root = '', at = '', points = ''] = found ?? []
  return found ? { origin, size: Number(size), root: Buffer.from(root, 'base64'), at, points } : undefined
}

/** Signs where a county's ledger stands. The same key, moment and ledger give the same bytes. */
export function signCheckpoint(
  stand: { readonly county: string; readonly size: number; readonly root: Digest; readonly at: string },
  points: readonly FundPoint[],
  signer: Signer,
  key: string,
): Checkpoint {
  const { county, size, root, at } = stand
  const origin = originOf(county)
  const text = writeCheckpointText({ origin, size, root, at, points: digestOfPoints(points) })
  const note = writeNote({ text, signatures: [signText(text, origin, signer)] })
  return { county, size, root: root.toString('base64'), at, note, points, key }
}

/** Whether the fields kept beside a note are what the note says. */
export function isTrueToNote({ county, size, root, at, note, points }: Checkpoint): boolean {
  const said = readCheckpointText(readNote(note)?.text ?? '')
  return (
    said !== undefined &&
    said.origin === originOf(county) &&
    said.size === size &&
    said.root.toString('base64') === root &&
    said.at === at &&
    said.points === digestOfPoints(points)
  )
}
