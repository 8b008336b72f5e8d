import { DomainError } from '../../shared/errors.ts'
import { originOf } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { cosignedAt } from './cosignature.ts'
import type { ProofServices } from './make-checkpoint.ts'
import type { MerkleTree } from './merkle.ts'
import type { Cosignature } from './proof-model.ts'
import { readNote, readSignature } from './signed-note.ts'

/** What the public log of a county is read from. */
export type LogServices = Pick<ProofServices, 'treeStore' | 'trees' | 'checkpointStore'>

/** A checkpoint as the log hands it out: hashes, sizes and signatures, nothing of the ledger itself. */
export interface LogCheckpoint {
  readonly county: string
  readonly origin: string
  readonly size: number
  readonly root: string
  readonly at: string
  readonly note: string
  readonly cosignatures: readonly Cosignature[]
}

/** Digests in base64 that prove something of a tree. */
export interface LogProof {
  readonly proof: readonly string[]
}

/**
 * A signed checkpoint of a county.
 *
 * @param size - the newest unless said
 * @throws DomainError `checkpoint.not_found`
 */
export async function logCheckpoint(
  { checkpointStore }: LogServices,
  county: string,
  size?: number,
): Promise<LogCheckpoint> {
  const found = await (size === undefined ? checkpointStore.newest(county) : checkpointStore.at(county, size))
  if (!found) throw new DomainError('checkpoint.not_found', `No checkpoint of ${county}`, { county, size })
  const { root, at, note } = found
  const cosignatures = await checkpointStore.cosignatures(county, found.size)
  return { county, origin: originOf(county), size: found.size, root, at, note, cosignatures }
}

/**
 * That the tree of one size grew out of another. Source: RFC 9162, 2.1.4.
 *
 * @throws DomainError `proof.not_found` when the county's tree has not been of these sizes
 */
export async function consistencyProof(
  services: LogServices,
  county: string,
  from: number,
  to: number,
): Promise<LogProof & { readonly from: number; readonly to: number }> {
  const proof = await proven(services, county, (tree) => tree.consistency(from, to))
  return { from, to, proof }
}

/** Where an entry stands in its county's tree, and what proves it. */
export interface InclusionProof extends LogProof {
  readonly fundId: string
  readonly seq: number
  /** The entry's hash, hexadecimal; the leaf is the hash of its 32 bytes. */
  readonly hash: string
  readonly index: number
  readonly size: number
  readonly note: string
}

/**
 * That an entry stands under a signed checkpoint. Source: RFC 9162, 2.1.3.
 *
 * @throws DomainError `proof.not_found` while no checkpoint covers it
 */
export async function inclusionProof(
  services: LogServices,
  county: string,
  fundId: string,
  seq: number,
): Promise<InclusionProof> {
  const leaf = await services.treeStore.leafOf(county, fundId, seq)
  const over = leaf && (await services.checkpointStore.covering(county, leaf.index + 1))
  if (!over) throw new DomainError('proof.not_found', `No checkpoint covers ${fundId} ${seq}`, { fundId, seq })
  const { index, hash } = leaf
  const { size, note } = over
  const proof = await proven(services, county, (tree) => tree.inclusion(index, size))
  return { fundId, seq, hash, index, size, note, proof }
}

/** Most witnesses of one county that have not been introduced by anybody. */
const MOST_WITNESSES = 32

/** A witness's statement as it is sent in. */
export interface CosignatureInput {
  readonly size: number
  readonly name: string
  /** 32 bytes, base64. */
  readonly publicKey: string
  readonly line: string
}

/**
 * Keeps what a witness says of a checkpoint, if the checkpoint is ours and the statement is the witness's.
 *
 * @throws DomainError `checkpoint.not_found`, `cosignature.invalid`, `cosignature.too_many`
 */
export async function addCosignature(
  { checkpointStore }: LogServices,
  county: string,
  { size, name, publicKey, line }: CosignatureInput,
): Promise<Cosignature> {
  const checkpoint = await checkpointStore.at(county, size)
  if (!checkpoint) throw new DomainError('checkpoint.not_found', `No checkpoint of ${size}`, { county, size })
  const at = momentOf(checkpoint, { size, name, publicKey, line })
  if (!at) throw new DomainError('cosignature.invalid', 'Not a cosignature of this checkpoint', { county, size })
  const witnesses = new Set((await checkpointStore.cosignatures(county)).map((found) => found.publicKey))
  if (!witnesses.has(publicKey) && witnesses.size >= MOST_WITNESSES)
    throw new DomainError('cosignature.too_many', `${witnesses.size} witnesses already`, { county })
  const cosignature = { county, size, name, publicKey, line, at: at.toISOString() }
  await checkpointStore.addCosignature(cosignature)
  return cosignature
}

function momentOf({ note }: Checkpoint, { name, publicKey, line }: CosignatureInput): Date | undefined {
  const text = readNote(note)?.text
  const signature = readSignature(line)
  if (text === undefined || !signature) return undefined
  return cosignedAt(text, signature, { name, publicKey: Buffer.from(publicKey, 'base64') })
}

async function proven(
  { trees }: LogServices,
  county: string,
  prove: (tree: MerkleTree) => readonly Buffer[],
): Promise<string[]> {
  const tree = await trees.of(county)
  try {
    return prove(tree).map((digest) => digest.toString('base64'))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new DomainError('proof.not_found', error.message, { county })
  }
}
