import { DomainError } from '../../shared/errors.ts'
import type { LedgerStore } from '../ledger-store.ts'
import type { FundPoint } from './checkpoint.ts'
import type { MerkleTree } from './merkle.ts'
import { createMerkleTree, leafHash } from './merkle.ts'
import type { Leafless, TreeState, TreeStore } from './tree-store.ts'

/** The trees of the counties, as this process has them in memory. */
export interface CountyTrees {
  /** A county's tree with everything that is stored of it. */
  of(county: string): Promise<MerkleTree>
}

/** Entries that get their place in one transaction. */
const BATCH = 1_000

/** Reads each leaf once per process: a tree only grows. */
export function createCountyTrees(store: TreeStore): CountyTrees {
  const trees = new Map<string, MerkleTree>()
  const reading = new Map<string, Promise<void>>()

  return {
    async of(county) {
      const tree = trees.get(county) ?? createMerkleTree()
      trees.set(county, tree)
      const next = (reading.get(county) ?? Promise.resolve()).catch(() => undefined).then(() => read(county, tree))
      reading.set(county, next)
      await next
      return tree
    },
  }

  async function read(county: string, tree: MerkleTree): Promise<void> {
    for await (const { index, hash } of store.leavesFrom(county, tree.size())) {
      if (index !== tree.size())
        throw new DomainError('ledger.tree_broken', `Leaf ${tree.size()} of ${county} is missing`, { county })
      tree.append(leafOfHash(hash))
    }
  }
}

/** The leaf of an entry: the hash of the 32 bytes of the entry's own hash. */
export function leafOfHash(entryHash: string): Buffer {
  return leafHash(Buffer.from(entryHash, 'hex'))
}

/**
 * Gives every entry booked so far its place in the county's tree.
 *
 * The heads read as of one moment are the watermark: everything up to them is there and will never change. What lies between the last
 * watermark and this one gets its places by time of booking, then by fund; a fund's entries always stand in their own order. Nothing
 * of this happens while somebody waits for a posting.
 */
export async function growTree(
  services: { readonly ledger: LedgerStore; readonly treeStore: TreeStore },
  county: string,
): Promise<TreeState> {
  const { ledger, treeStore } = services
  const heads = await ledger.headsOf(county)
  for (;;) {
    const state = await treeStore.state(county)
    const found = await Promise.all(
      heads.map(({ fundId, seq }) => treeStore.entriesAfter(county, fundId, seqIn(state, fundId), seq, BATCH)),
    )
    const next = inBookingOrder(found.flat()).slice(0, BATCH)
    if (next.length === 0) return state
    const leaves = next.map(({ fundId, seq, hash }, at) => ({ county, index: state.size + at, fundId, seq, hash }))
    await treeStore.append(county, state, leaves, stateAfter(state, next))
  }
}

/** The order in which entries between two watermarks get their places. */
export function inBookingOrder(entries: readonly Leafless[]): Leafless[] {
  return [...entries].sort((a, b) => compare(a.bookedAt, b.bookedAt) || compare(a.fundId, b.fundId) || a.seq - b.seq)
}

function stateAfter(state: TreeState, added: readonly Leafless[]): TreeState {
  const points = new Map(state.points.map((point) => [point.fundId, point]))
  for (const { fundId, seq, hash } of added) points.set(fundId, { fundId, seq, hash })
  const inOrder = [...points.values()].sort((a: FundPoint, b) => compare(a.fundId, b.fundId))
  return { size: state.size + added.length, points: inOrder }
}

function seqIn({ points }: TreeState, fundId: string): number {
  return points.find((point) => point.fundId === fundId)?.seq ?? 0
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
