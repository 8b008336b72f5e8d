import { leafOfHash } from '../proof/county-tree.ts'
import type { MerkleTree } from '../proof/merkle.ts'
import { createMerkleTree } from '../proof/merkle.ts'
import type { Leaf } from '../proof/tree-store.ts'
import type { Guard } from './check-seals.ts'
import { demand } from './fault.ts'
import type { Replayed } from './proof-material.ts'

/**
 * Builds the counties' trees from their leaves and checks that each leaf is an entry: every fund's entries in their order, without
 * gaps, with the hash they have.
 *
 * @returns the trees by county
 */
export function checkLeaves(replayed: Replayed, leaves: readonly Leaf[], guard: Guard): Map<string, MerkleTree> {
  const trees = new Map<string, MerkleTree>()
  const reached = new Map<string, number>()
  for (const { county, index, fundId, seq, hash } of leaves) {
    const tree = trees.get(county) ?? createMerkleTree()
    trees.set(county, tree)
    const expected = (reached.get(fundId) ?? 0) + 1
    guard(fundId, Math.min(seq, expected), () => {
      demand(index === tree.size(), 'tree', `leaf ${tree.size()} of ${county} is missing`)
      demand(seq === expected, 'tree', `leaf ${index} is ${fundId} ${seq}, expected ${expected}`)
      const there = replayed.hashOf(fundId, seq)
      demand(there !== undefined, 'missing', missingText(replayed, fundId, seq))
      demand(there === hash, 'tree', `leaf ${index} holds another entry ${seq}`)
    })
    reached.set(fundId, seq)
    tree.append(leafOfHash(hash))
  }
  return trees
}

/** Which numbers of a fund are missing up to a known one. */
export function missingText({ hashOf, lastSeq }: Replayed, fundId: string, known: number): string {
  const last = lastSeq(fundId)
  if (last < known) return `entries ${range(last + 1, known)} are missing`
  const gone = Array.from({ length: known }, (_none, index) => index + 1).filter((seq) => !hashOf(fundId, seq))
  return `entries ${gone.slice(0, 20).join(', ')}${gone.length > 20 ? ' …' : ''} are missing`
}

function range(from: number, to: number): string {
  return from === to ? String(from) : `${from}–${to}`
}
