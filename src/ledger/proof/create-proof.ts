import type { Connection } from 'mongoose'
import type { Clock } from '../../shared/clock.ts'
import type { SealStore } from '../periods/seal-store.ts'
import { createSealStore } from '../periods/seal-store.ts'
import type { CheckpointStore } from './checkpoint-store.ts'
import { createCheckpointStore } from './checkpoint-store.ts'
import type { CountyTrees } from './county-tree.ts'
import { createCountyTrees } from './county-tree.ts'
import type { KeyRing } from './key-ring.ts'
import { createKeyRing } from './key-ring.ts'
import type { TreeStore } from './tree-store.ts'
import { createTreeStore } from './tree-store.ts'

/** What proves the ledger beside the ledger itself. */
export interface LedgerProof {
  readonly treeStore: TreeStore
  readonly trees: CountyTrees
  readonly checkpointStore: CheckpointStore
  readonly seals: SealStore
  readonly keyRing: KeyRing
}

/** @param keyFile - PEM with the private key that signs; read when first needed */
export function createLedgerProof(
  { connection, clock }: { readonly connection: Connection; readonly clock: Clock },
  keyFile: string,
): LedgerProof {
  const treeStore = createTreeStore(connection)
  const checkpointStore = createCheckpointStore(connection)
  return {
    treeStore,
    trees: createCountyTrees(treeStore),
    checkpointStore,
    seals: createSealStore(connection),
    keyRing: createKeyRing({ checkpointStore, clock }, keyFile),
  }
}
