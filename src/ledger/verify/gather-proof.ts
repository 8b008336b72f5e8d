import type { FundId } from '../fund.ts'
import { readFundId } from '../fund.ts'
import type { SealStore } from '../periods/seal-store.ts'
import type { CheckpointStore } from '../proof/checkpoint-store.ts'
import type { Cosignature } from '../proof/proof-model.ts'
import type { Leaf, TreeStore } from '../proof/tree-store.ts'
import type { ProofMaterial } from './proof-material.ts'

/** Where seals, trees and checkpoints are kept. */
export interface ProofStores {
  readonly treeStore: TreeStore
  readonly checkpointStore: CheckpointStore
  readonly seals: SealStore
}

/** Which part of the ledger; all of it when neither is said. */
export interface Scope {
  readonly fundId?: FundId | undefined
  readonly county?: string | undefined
}

/** What proves a part of the ledger, with what witnesses said. */
export interface GatheredProof extends ProofMaterial {
  readonly cosignatures: readonly Cosignature[]
}

/** Most checkpoints read of one county: one a day for 270 years. */
const ALL = 100_000

/**
 * Reads what proves a part of the ledger. Read it before the entries: what is proven was booked before.
 *
 * @param counties - those whose ledgers are wanted
 */
export async function gatherProof(
  { treeStore, checkpointStore, seals }: ProofStores,
  counties: readonly string[],
  { fundId }: Scope = {},
): Promise<GatheredProof> {
  const keys = await checkpointStore.keys()
  const all: GatheredProof = { keys, seals: [], checkpoints: [], leaves: [], cosignatures: [] }
  if (fundId !== undefined) {
    const ofFund = await seals.list(readFundId(fundId)?.county ?? '', { fundId })
    return { keys, seals: ofFund, checkpoints: [], cosignatures: [] }
  }
  const parts = []
  for (const county of counties) {
    const checkpoints = await checkpointStore.list(county, ALL)
    const cosignatures = await checkpointStore.cosignatures(county)
    const leaves: Leaf[] = []
    for await (const leaf of treeStore.leavesFrom(county, 0)) leaves.push(leaf)
    parts.push({ checkpoints: checkpoints.toReversed(), cosignatures, leaves, seals: await seals.list(county) })
  }
  return {
    ...all,
    seals: parts.flatMap((part) => part.seals),
    checkpoints: parts.flatMap((part) => part.checkpoints),
    leaves: parts.flatMap((part) => part.leaves),
    cosignatures: parts.flatMap((part) => part.cosignatures),
  }
}
