import type { Entry } from '../entry.ts'
import type { FundHead } from '../fund.ts'
import type { Hold } from '../hold.ts'
import type { SubBalance } from '../sub-account.ts'
import { checkEntry } from './check-entry.ts'
import { checkCountySums, checkHead, checkHolds, checkSubs } from './check-projections.ts'
import type { Fault } from './fault.ts'
import { FaultFound, demand } from './fault.ts'
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
}

/** Re-derives everything from the entries, one after another; they come fund by fund, by sequence number. */
export interface Verifier {
  add(entry: Entry): void
  /** Compares with what the database says, and with points kept elsewhere. */
  finish(projections: Projections, known?: readonly KnownPoint[]): Verdict
}

/** Starts a verification. It needs no database and trusts nothing but the entries and the points kept elsewhere. */
export function createVerifier(): Verifier {
  const funds = new Map<string, ReplayedFund>()
  const faults = new Map<string, Fault>()
  const sources = new Map<string, string>()
  const keys = new Set<string>()
  const twins = new Map<string, string>()
  const hashes = new Map<string, string>()
  let entries = 0

  return {
    add(entry) {
      entries += 1
      if (faults.has(entry.fundId)) return
      const expected = (funds.get(entry.fundId)?.head.seq ?? 0) + 1
      guard(entry.fundId, expected, () => {
        const fund = funds.get(entry.fundId) ?? openReplayed(entry)
        checkEntry(fund, entry)
        checkUnique(entry)
        funds.set(entry.fundId, fund)
        hashes.set(entry._id, entry.hash)
        for (const twin of entry.twins) twins.set(`${entry._id} ${twin}`, entry.fundId)
      })
    },

    finish({ heads, holds, subs }, known = []) {
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
        guard(fundId, seq, () => demand(hashes.get(`${fundId}:${seq}`) === hash, 'head', 'not the entry known before'))
      const sound = new Map([...funds].filter(([fundId]) => !faults.has(fundId)))
      checkCountySums(sound, (fundId, check) => guard(fundId, seqAfter(fundId) - 1, check))
      return { entries, funds: funds.size, faults: [...faults.values()].sort(byFund) }
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

  function checkUnique(entry: Entry): void {
    const source = `${entry.source.type}/${entry.source.id} ${entry.kind}`
    demand(!sources.has(source), 'source', `${source} was posted before, as ${sources.get(source) ?? ''}`)
    sources.set(source, entry._id)
    const key = `${entry.key}#${entry.line}`
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

function byFund(a: Fault, b: Fault): number {
  return a.fundId < b.fundId ? -1 : 1
}
