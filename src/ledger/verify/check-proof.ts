import { faultOfKeys } from '../proof/ledger-key.ts'
import { checkCheckpoints, checkKept } from './check-checkpoints.ts'
import type { Guard } from './check-seals.ts'
import { checkSeals } from './check-seals.ts'
import { checkLeaves } from './check-tree.ts'
import { demand } from './fault.ts'
import type { ProofMaterial, Replayed } from './proof-material.ts'

/** Compares everything that was sealed, signed or kept with what the entries say. */
export function checkProof(replayed: Replayed, material: ProofMaterial, guard: Guard): void {
  const { keys, seals, checkpoints, leaves, only, kept = [], trusted = [] } = material
  const fault = faultOfKeys(keys, trusted)
  guard('ledger-keys', 0, () => demand(fault === undefined, 'signature', fault ?? ''))
  const believed = fault === undefined ? keys : trusted
  const ofFund = only === undefined ? guard : inFund(guard, only)
  checkSeals(replayed, seals, believed, ofFund)
  const trees = leaves && only === undefined ? checkLeaves(replayed, leaves, guard) : undefined
  checkCheckpoints(replayed, trees, checkpoints, believed, ofFund)
  checkKept(replayed, trees, kept, believed, ofFund)
}

/** Where one fund is verified, nothing can be said of the others. */
function inFund(guard: Guard, fundId: string): Guard {
  return (named, seq, check) => {
    if (named === fundId || !/^(township|village|county|donation)-/.test(named)) guard(named, seq, check)
  }
}
