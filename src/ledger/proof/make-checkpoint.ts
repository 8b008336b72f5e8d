import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import type { LedgerStore } from '../ledger-store.ts'
import type { Checkpoint } from './checkpoint.ts'
import { signCheckpoint } from './checkpoint.ts'
import type { CheckpointStore } from './checkpoint-store.ts'
import type { CountyTrees } from './county-tree.ts'
import { growTree } from './county-tree.ts'
import type { KeyRing } from './key-ring.ts'
import type { TreeStore } from './tree-store.ts'

/** What proving works with. */
export interface ProofServices {
  readonly ledger: LedgerStore
  readonly treeStore: TreeStore
  readonly trees: CountyTrees
  readonly checkpointStore: CheckpointStore
  readonly keyRing: KeyRing
  readonly clock: Clock
}

/**
 * Signs where a county's ledger stands now: its tree takes in every entry, and its root goes under the key.
 *
 * A ledger that has not moved keeps the checkpoint it has. Before anything is signed, the tree must still give the root that was
 * signed last; otherwise somebody has reached into it, and nothing is signed.
 *
 * @throws DomainError `ledger.empty`, `ledger.tree_broken`, `ledger.key_unknown`
 */
export async function makeCheckpoint(services: ProofServices, county: string): Promise<Checkpoint> {
  const { checkpointStore, trees, keyRing, clock } = services
  const { size, points } = await growTree(services, county)
  if (size === 0) throw new DomainError('ledger.empty', 'There is no entry to sign', { county })
  const tree = await trees.of(county)
  const last = await checkpointStore.newest(county)
  if (last && tree.size() < last.size) throw broken(county, last.size)
  if (last && tree.root(last.size).toString('base64') !== last.root) throw broken(county, last.size)
  if (last?.size === size) return last
  const { signer, key } = await keyRing.signer()
  const stand = { county, size, root: tree.root(size), at: clock.now().toISOString() }
  return checkpointStore.add(signCheckpoint(stand, points, signer, key.fingerprint))
}

function broken(county: string, size: number): DomainError {
  return new DomainError('ledger.tree_broken', `The tree of ${county} is not the one signed at ${size}`, {
    county,
    size,
  })
}
