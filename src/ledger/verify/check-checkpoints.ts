import type { Checkpoint, FundPoint } from '../proof/checkpoint.ts'
import { countyOfOrigin, digestOfPoints, isTrueToNote, originOf, readCheckpointText } from '../proof/checkpoint.ts'
import type { LedgerKey } from '../proof/ledger-key.ts'
import type { MerkleTree } from '../proof/merkle.ts'
import { isNoteSignedBy, readNote } from '../proof/signed-note.ts'
import type { Guard } from './check-seals.ts'
import { missingText } from './check-tree.ts'
import { demand } from './fault.ts'
import type { KeptCheckpoint, Replayed } from './proof-material.ts'

/** Trees by county; none when only some funds are verified. */
export type Trees = ReadonlyMap<string, MerkleTree> | undefined

/** Checks the checkpoints that came with the entries: true to their notes, signed by the key of their time, roots of this tree. */
export function checkCheckpoints(
  replayed: Replayed,
  trees: Trees,
  checkpoints: readonly Checkpoint[],
  keys: readonly LedgerKey[],
  guard: Guard,
): void {
  const newest = new Map<string, number>()
  const inOrder = [...checkpoints].sort((a, b) => a.size - b.size)
  for (const checkpoint of inOrder) {
    const { county, size, root, note, points } = checkpoint
    const key = keys.find(({ fingerprint }) => fingerprint === checkpoint.key)
    guard(originOf(county), size, () => {
      demand(isTrueToNote(checkpoint), 'checkpoint', `the checkpoint of ${size} says something else than its note`)
      demand(key !== undefined && isSigned(note, county, [key]), 'signature', `checkpoint ${size} is not signed`)
      demand(key.no >= (newest.get(county) ?? 0), 'signature', `checkpoint ${size} is signed by a replaced key`)
    })
    newest.set(county, Math.max(newest.get(county) ?? 0, key?.no ?? 0))
    checkPoints(replayed, points, size, guard)
    checkRoot(trees, { county, size, root }, guard)
  }
}

/** Checks checkpoints kept outside: whatever stood under them must still stand there. */
export function checkKept(
  replayed: Replayed,
  trees: Trees,
  kept: readonly KeptCheckpoint[],
  keys: readonly LedgerKey[],
  guard: Guard,
): void {
  for (const { note, points } of kept) {
    const said = readCheckpointText(readNote(note)?.text ?? '')
    const county = said && countyOfOrigin(said.origin)
    if (!said || county === undefined) {
      guard('kept-checkpoint', 0, () => demand(false, 'checkpoint', 'a kept checkpoint cannot be read'))
      continue
    }
    guard(originOf(county), said.size, () => {
      demand(
        isSigned(note, county, keys),
        'signature',
        `the kept checkpoint of ${said.size} is not signed by a known key`,
      )
      const isTrue = points === undefined || digestOfPoints(points) === said.points
      demand(isTrue, 'checkpoint', `the points kept with the checkpoint of ${said.size} are not those it signs`)
    })
    checkPoints(replayed, points ?? [], said.size, guard)
    checkRoot(trees, { county, size: said.size, root: said.root.toString('base64') }, guard)
  }
}

function checkPoints(replayed: Replayed, points: readonly FundPoint[], size: number, guard: Guard): void {
  for (const { fundId, seq, hash } of points) {
    const there = replayed.hashOf(fundId, seq)
    const first = there === undefined ? Math.min(replayed.lastSeq(fundId) + 1, seq) : seq
    guard(fundId, first, () => {
      demand(
        there !== undefined,
        'missing',
        `${missingText(replayed, fundId, seq)}, known from the checkpoint of ${size}`,
      )
      demand(there === hash, 'checkpoint', `not the entry ${seq} under the checkpoint of ${size}`)
    })
  }
}

function checkRoot(trees: Trees, said: Pick<Checkpoint, 'county' | 'size' | 'root'>, guard: Guard): void {
  if (!trees) return
  const { county, size, root } = said
  const tree = trees.get(county)
  guard(originOf(county), size, () => {
    const there = tree?.size() ?? 0
    demand(there >= size, 'missing', `${size - there} of ${size} entries under a checkpoint are missing`)
    demand(tree?.root(size).toString('base64') === root, 'tree', `the tree of ${size} is not the one that was signed`)
  })
}

function isSigned(note: string, county: string, keys: readonly LedgerKey[]): boolean {
  const read = readNote(note)
  const name = originOf(county)
  return (
    read !== undefined &&
    keys.some(({ publicKey }) => isNoteSignedBy(read, { name, publicKey: Buffer.from(publicKey, 'base64') }))
  )
}
