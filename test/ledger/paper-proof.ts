import type { Entry } from '../../src/ledger/entry.ts'
import type { FundHead } from '../../src/ledger/fund.ts'
import { sealMonth } from '../../src/ledger/periods/seal.ts'
import type { Seal } from '../../src/ledger/periods/seal.ts'
import { trialOfFund } from '../../src/ledger/periods/trial-of-fund.ts'
import type { Checkpoint } from '../../src/ledger/proof/checkpoint.ts'
import { signCheckpoint } from '../../src/ledger/proof/checkpoint.ts'
import { inBookingOrder, leafOfHash } from '../../src/ledger/proof/county-tree.ts'
import type { Signer } from '../../src/ledger/proof/ed25519.ts'
import { fingerprintOf, newPrivateKeyPem, signerFromPem } from '../../src/ledger/proof/ed25519.ts'
import type { LedgerKey } from '../../src/ledger/proof/ledger-key.ts'
import { introduceKey } from '../../src/ledger/proof/ledger-key.ts'
import { createMerkleTree } from '../../src/ledger/proof/merkle.ts'
import type { Leaf } from '../../src/ledger/proof/tree-store.ts'

/** A new key pair. */
export function aSigner(): Signer {
  return signerFromPem(newPrivateKeyPem())
}

/** The list with one key that introduces itself. */
export function keysOf(signer: Signer): LedgerKey[] {
  return [introduceKey(signer, signer, '2026-11-28T00:00:00.000Z')]
}

/** Leaves of entries in the order in which they get their places. */
export function leavesOf(entries: readonly Entry[]): Leaf[] {
  return inBookingOrder(entries).map(({ fundId, seq, hash }, index) => ({
    county: fundId.slice(fundId.indexOf('-') + 1).slice(0, 6),
    index,
    fundId,
    seq,
    hash,
  }))
}

/** The checkpoint over the first leaves. */
export function checkpointOf(
  leaves: readonly Leaf[],
  signer: Signer,
  size = leaves.length,
  at = '2026-12-01T16:00:00.000Z',
): Checkpoint {
  const tree = createMerkleTree()
  const points = new Map<string, { fundId: string; seq: number; hash: string }>()
  for (const { fundId, seq, hash } of leaves.slice(0, size)) {
    tree.append(leafOfHash(hash))
    points.set(fundId, { fundId, seq, hash })
  }
  const inOrder = [...points.values()].sort((a, b) => (a.fundId < b.fundId ? -1 : 1))
  const stand = { county: leaves[0]!.county, size, root: tree.root(), at }
  return signCheckpoint(stand, inOrder, signer, fingerprintOf(signer.publicKey))
}

/** The seals of all closed months, from the balances that stand in the entries. */
export function sealsOf(entries: readonly Entry[], heads: readonly FundHead[], signer: Signer): Seal[] {
  return entries.flatMap((entry) => {
    const { close, fundId, county, seq, bookedAt } = entry
    const head = heads.find((found) => found.fundId === fundId)
    const last = entries.find((found) => found.fundId === fundId && found.seq === close?.seq)
    if (!close || !head || !last) return []
    const trial = trialOfFund({ ...head, bal: last.after.bal })
    return [sealMonth({ county, fundId, bySeq: seq, closedAt: bookedAt, end: close }, trial, signer)]
  })
}
