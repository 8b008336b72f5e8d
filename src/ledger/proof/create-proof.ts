import type { Connection } from 'mongoose'
import type { Clock } from '../../shared/clock.ts'
import { createSealStore } from '../periods/seal-store.ts'
import type { StatementStore } from '../statements/statement-store.ts'
import { createStatementStore } from '../statements/statement-store.ts'
import type { ProofStores } from '../verify/gather-proof.ts'
import { createCheckpointStore } from './checkpoint-store.ts'
import type { CountyTrees } from './county-tree.ts'
import { createCountyTrees } from './county-tree.ts'
import type { KeyRing } from './key-ring.ts'
import { createKeyRing } from './key-ring.ts'
import { createTreeStore } from './tree-store.ts'

/** What proves the ledger beside the ledger itself. */
export interface LedgerProof extends ProofStores {
  readonly trees: CountyTrees
  readonly statements: StatementStore
  readonly keyRing: KeyRing
}

/** Seals, trees and checkpoints on a connection, for who only reads. */
export function createProofStores(connection: Connection): ProofStores {
  return {
    treeStore: createTreeStore(connection),
    checkpointStore: createCheckpointStore(connection),
    seals: createSealStore(connection),
  }
}

/** @param keyFile - PEM with the private key that signs; read when first needed */
export function createLedgerProof(
  { connection, clock }: { readonly connection: Connection; readonly clock: Clock },
  keyFile: string,
): LedgerProof {
  const stores = createProofStores(connection)
  const { treeStore, checkpointStore } = stores
  return {
    ...stores,
    trees: createCountyTrees(treeStore),
    statements: createStatementStore(connection),
    keyRing: createKeyRing({ checkpointStore, clock }, keyFile),
  }
}
