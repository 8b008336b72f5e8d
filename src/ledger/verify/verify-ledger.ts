import type { FundId } from '../fund.ts'
import { readFundId } from '../fund.ts'
import type { LedgerStore } from '../ledger-store.ts'
import { countiesOf } from './export-files.ts'
import type { Fault } from './fault.ts'
import type { GatheredProof, ProofStores, Scope } from './gather-proof.ts'
import { gatherProof } from './gather-proof.ts'
import type { KeptCheckpoint, ProofMaterial } from './proof-material.ts'
import type { LedgerKey } from '../proof/ledger-key.ts'
import type { KnownPoint, Verdict } from './verifier.ts'
import { createVerifier } from './verifier.ts'

/** What to verify: one fund, a county, or everything; what proves it, and what is known from elsewhere. */
export interface VerifyOptions extends Scope {
  readonly proof?: ProofStores
  readonly kept?: readonly KeptCheckpoint[]
  readonly trusted?: readonly LedgerKey[]
  readonly known?: readonly KnownPoint[]
}

/**
 * Re-derives the ledger from its entries while others go on posting.
 *
 * Heads, holds and parts are read as of one moment; entries are immutable, so those up to the heads can be read at leisure. Entries
 * beyond a head must have a newer head by then.
 */
export async function verifyLedger(ledger: LedgerStore, options: VerifyOptions = {}): Promise<Verdict> {
  const { known = [], proof } = options
  const gathered = proof && (await gatherProof(proof, await countiesOf(ledger, options), options))
  const scoped = await fundIdsIn(ledger, options)
  const projections = await ledger.projections(scoped)
  const verifier = createVerifier()
  const seqOf = new Map(projections.heads.map((head) => [head.fundId, head.seq]))
  for (const id of scoped ?? (await ledger.fundsWithEntries()))
    for await (const entry of ledger.eachEntry(id, seqOf.get(id) ?? Number.MAX_SAFE_INTEGER)) verifier.add(entry)
  const verdict = verifier.finish(projections, known, gathered && proofOf(gathered, options))
  const overtaken = await findOvertaken(ledger, [...seqOf], verdict)
  return { ...verdict, faults: [...verdict.faults, ...overtaken] }
}

function proofOf(gathered: GatheredProof, { fundId, kept = [], trusted = [] }: VerifyOptions): ProofMaterial {
  return { ...gathered, kept, trusted, ...(fundId === undefined ? {} : { only: fundId }) }
}

/** The funds with entries in a part of the ledger; nothing when that is all of it. */
async function fundIdsIn(ledger: LedgerStore, { fundId, county }: Scope): Promise<FundId[] | undefined> {
  if (fundId !== undefined) return [fundId]
  if (county === undefined) return undefined
  const withEntries = (await ledger.fundsWithEntries()).filter((id) => readFundId(id)?.county === county)
  const withHead = (await ledger.headsOf(county)).map((head) => head.fundId)
  return [...new Set([...withEntries, ...withHead])].sort()
}

/** Funds with entries beyond their head: somebody put the head back. */
async function findOvertaken(
  ledger: LedgerStore,
  seqs: readonly (readonly [FundId, number])[],
  { faults }: Verdict,
): Promise<Fault[]> {
  const overtaken: Fault[] = []
  for (const [fundId, seq] of seqs) {
    if (faults.some((fault) => fault.fundId === fundId)) continue
    const last = await ledger.lastSeq(fundId)
    if (last <= seq) continue
    const head = (await ledger.projections([fundId])).heads[0]
    if (head && head.seq >= last) continue
    overtaken.push({ fundId, seq: seq + 1, check: 'head', detail: `the head says ${seq}, the entries end at ${last}` })
  }
  return overtaken
}
