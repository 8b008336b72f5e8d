import type { FundId } from '../fund.ts'
import type { LedgerStore } from '../ledger-store.ts'
import type { Fault } from './fault.ts'
import type { KnownPoint, Verdict } from './verifier.ts'
import { createVerifier } from './verifier.ts'

/** What to verify: one fund, or everything; and points of the chain kept elsewhere. */
export interface VerifyOptions {
  readonly fundId?: FundId | undefined
  readonly known?: readonly KnownPoint[]
}

/**
 * Re-derives the ledger from its entries while others go on posting.
 *
 * Heads, holds and parts are read as of one moment; entries are immutable, so those up to the heads can be read at leisure. Entries
 * beyond a head must have a newer head by then.
 */
export async function verifyLedger(ledger: LedgerStore, { fundId, known = [] }: VerifyOptions = {}): Promise<Verdict> {
  const projections = await ledger.projections(fundId === undefined ? undefined : [fundId])
  const verifier = createVerifier()
  const seqOf = new Map(projections.heads.map((head) => [head.fundId, head.seq]))
  const fundIds = fundId === undefined ? await ledger.fundsWithEntries() : [fundId]
  for (const id of fundIds)
    for await (const entry of ledger.eachEntry(id, seqOf.get(id) ?? Number.MAX_SAFE_INTEGER)) verifier.add(entry)
  const verdict = verifier.finish(projections, known)
  const overtaken = await findOvertaken(ledger, [...seqOf], verdict)
  return { ...verdict, faults: [...verdict.faults, ...overtaken] }
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
