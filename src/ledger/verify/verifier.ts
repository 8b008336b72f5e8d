import type { Entry } from '../entry.ts'
import type { FundHead } from '../fund.ts'
import type { Hold } from '../hold.ts'
import type { SubBalance } from '../sub-account.ts'
import type { LedgerKey } from '../proof/ledger-key.ts'
import { checkEntry } from './check-entry.ts'
import { checkCountySums, checkHead, checkHolds, checkSubs } from './check-projections.ts'
import { checkProof } from './check-proof.ts'
import type { Fault } from './fault.ts'
import { FaultFound, demand } from './fault.ts'
import type { ClosedMonth, ProofMaterial } from './proof-material.ts'
import type { ReplayedFund } from './replayed-fund.ts'
import { openReplayed } from './replayed-fund.ts'

/** A point of a fund's chain kept elsewhere: printed on a voucher, or in an older export. */
export interface KnownPoint {
  readonly fundId: string
  readonly seq: number
  readonly hash: string
}

/** What the database says besides its entries; it follows from them. */
export interface Projections {
  readonly heads: readonly FundHead[]
  readonly holds?: readonly Hold[]
  readonly subs?: readonly SubBalance[]
}

/** What came out. */
export interface Verdict {
  readonly entries: number
  readonly funds: number
  /** At most one per fund: the first. */
  readonly faults: readonly Fault[]
  /** What else held, when there was something to prove it with. */
  readonly proven?: {
    readonly seals: number
    readonly checkpoints: number
    readonly kept: number
    readonly leaves: number
    readonly keys: readonly LedgerKey[]
  }
}

/** Re-derives everything from the entries, one after another; they come fund by fund, by sequence number. */
export interface Verifier {
  /** @param line - the text it was read from, when there is one */
  add(entry: Entry, line?: string): void
  /** Compares with what the database says, with points kept elsewhere, and with what was sealed and signed. */
  finish(projections: Projections, known?: readonly KnownPoint[], proof?: ProofMaterial): Verdict
}

/** Starts a verification. It needs no database and trusts nothing but the entries and the points kept elsewhere. */
export function createVerifier(): Verifier {
  const funds = new Map<string, ReplayedFund>()
  const faults = new Map<string, Fault>()
  const sources = new Map<string, string>()
  const keys = new Set<string>()
  const twins = new Map<string, string>()
  const hashes = new Map<string, Map<number, string>>()
  const lastSeqs = new Map<string, number>()
  const monthEnds = new Map<string, FundHead>()
  const closes: ClosedMonth[] = []
  const replayed = {
    hashOf: (fundId: string, seq: number) => hashes.get(fundId)?.get(seq),
    lastSeq: (fundId: string) => lastSeqs.get(fundId) ?? 0,
    monthEnd: (fundId: string, seq: number) => monthEnds.get(`${fundId}:${seq}`),
    closes,
  }
  let entries = 0

  return {
    add(entry, line) {
      entries += 1
      noteHash(entry)
      if (faults.has(entry.fundId)) return
      const expected = (funds.get(entry.fundId)?.head.seq ?? 0) + 1
      guard(entry.fundId, expected, () => {
        const fund = funds.get(entry.fundId) ?? openReplayed(entry)
        const before = fund.head
        checkEntry(fund, entry, line)
        checkUnique(entry)
        funds.set(entry.fundId, fund)
        noteMonth(before, entry)
        for (const twin of entry.twins) twins.set(`${entry._id} ${twin}`, entry.fundId)
      })
    },

    finish({ heads, holds, subs }, known = [], proof) {
      checkTwins()
      const holdsOf = byFundId(holds ?? [])
      const subsOf = byFundId(subs ?? [])
      for (const head of heads)
        guardFirst(head.fundId, seqAfter(head.fundId), () => checkHead(funds.get(head.fundId), head))
      for (const [fundId, fund] of funds) {
        const hasHead = heads.some((head) => head.fundId === fundId)
        guardFirst(fundId, fund.head.seq, () => demand(hasHead, 'head', 'entries without a head'))
        if (holds) guardFirst(fundId, fund.head.seq, () => checkHolds(fund, holdsOf.get(fundId) ?? []))
        if (subs) guardFirst(fundId, fund.head.seq, () => checkSubs(fund, subsOf.get(fundId) ?? []))
      }
      for (const { fundId, seq, hash } of known)
        guard(fundId, seq, () => demand(replayed.hashOf(fundId, seq) === hash, 'head', 'not the entry known before'))
      if (proof) checkProof(replayed, proof, guard)
      const sound = new Map([...funds].filter(([fundId]) => !faults.has(fundId)))
      checkCountySums(sound, (fundId, check) => guard(fundId, seqAfter(fundId) - 1, check))
      const verdict = { entries, funds: funds.size, faults: [...faults.values()].sort(byFund) }
      return proof && hasProof(proof) ? { ...verdict, proven: provenBy(proof) } : verdict
    },
  }

  function guard(fundId: string, seq: number, check: () => void): void {
    try {
      check()
    } catch (error) {
      const fault =
        error instanceof FaultFound
          ? { fundId, seq, check: error.check, detail: error.message }
          : { fundId, seq, check: 'shape' as const, detail: String(error) }
      const earlier = faults.get(fundId)
      if (!earlier || fault.seq < earlier.seq) faults.set(fundId, fault)
    }
  }

  /** A check that says something only about a fund without a fault so far. */
  function guardFirst(fundId: string, seq: number, check: () => void): void {
    if (!faults.has(fundId)) guard(fundId, seq, check)
  }

  function noteHash({ fundId, seq, hash }: Entry): void {
    const ofFund = hashes.get(fundId) ?? new Map<number, string>()
    ofFund.set(seq, hash)
    hashes.set(fundId, ofFund)
    if (seq > (lastSeqs.get(fundId) ?? 0)) lastSeqs.set(fundId, seq)
  }

  function noteMonth(before: FundHead, { fundId, period, close, seq, bookedAt }: Entry): void {
    if (before.period !== period) monthEnds.set(`${fundId}:${before.seq}`, before)
    if (close)
      closes.push({
        fundId,
        period: close.period,
        closeSeq: close.seq,
        closeHash: close.hash,
        bySeq: seq,
        closedAt: bookedAt,
      })
  }

  function checkUnique(entry: Entry): void {
    const source = `${entry.county} ${entry.source.type}/${entry.source.id} ${entry.kind}`
    demand(!sources.has(source), 'source', `${source} was posted before, as ${sources.get(source) ?? ''}`)
    sources.set(source, entry._id)
    const key = `${entry.county} ${entry.key}#${entry.line}`
    demand(!keys.has(key), 'key', `the key ${key} was used before`)
    keys.add(key)
  }

  function checkTwins(): void {
    for (const [pair, fundId] of twins) {
      const [id = '', twin = ''] = pair.split(' ')
      if (!funds.has(fundOf(twin)) || faults.has(fundOf(twin))) continue
      const seq = Number(id.slice(id.lastIndexOf(':') + 1))
      guard(fundId, seq, () => demand(twins.has(`${twin} ${id}`), 'twin', `its other half ${twin} does not know it`))
    }
  }

  function seqAfter(fundId: string): number {
    return (funds.get(fundId)?.head.seq ?? 0) + 1
  }
}

function fundOf(id: string): string {
  return id.slice(0, id.lastIndexOf(':'))
}

function byFundId<Row extends { readonly fundId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>()
  for (const row of rows) {
    const ofFund = grouped.get(row.fundId)
    if (ofFund) ofFund.push(row)
    else grouped.set(row.fundId, [row])
  }
  return grouped
}

function hasProof({ keys, kept = [] }: ProofMaterial): boolean {
  return keys.length > 0 || kept.length > 0
}

function provenBy({ seals, checkpoints, kept = [], leaves = [], keys }: ProofMaterial): NonNullable<Verdict['proven']> {
  return {
    seals: seals.length,
    checkpoints: checkpoints.length,
    kept: kept.length,
    leaves: leaves.length,
    keys,
  }
}

function byFund(a: Fault, b: Fault): number {
  return a.fundId < b.fundId ? -1 : 1
}
