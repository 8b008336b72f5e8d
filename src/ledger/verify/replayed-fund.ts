import type { Fen } from '../../shared/fen.ts'
import { addFen, fen } from '../../shared/fen.ts'
import type { Entry } from '../entry.ts'
import type { FundHead } from '../fund.ts'
import { newFund, readFundId } from '../fund.ts'
import type { Hold } from '../hold.ts'
import { subKey } from '../sub-account.ts'
import { subChangesOf } from '../sub-changes.ts'
import { demand } from './fault.ts'

/** A fund as its entries so far make it. */
export interface ReplayedFund {
  head: FundHead
  /** By `subKey`; parts that stand at zero are left out. */
  readonly subs: Map<string, Fen>
  /** Every hold ever placed. */
  readonly holds: Map<string, Hold>
  /** What each entry moved, by its id: what undoes it must turn exactly that round. */
  readonly legsOf: Map<string, Pick<Entry, 'kind' | 'legs'>>
  /** Ids of entries that were undone. */
  readonly undone: Set<string>
}

/** The fund as its first entry opens it. */
export function openReplayed(entry: Entry): ReplayedFund {
  const parts = readFundId(entry.fundId)
  demand(parts !== undefined, 'opening', `${entry.fundId} is no fund's id`)
  demand(entry.kind === 'fund.opened' && entry.opening !== undefined, 'opening', 'the first entry does not open it')
  demand(entry.county === parts.county, 'opening', `${entry.fundId} does not lie in ${entry.county}`)
  const { name, terms } = entry.opening
  return {
    head: newFund({ fundId: entry.fundId, name, terms }, parts),
    subs: new Map(),
    holds: new Map(),
    legsOf: new Map(),
    undone: new Set(),
  }
}

/** Adds an entry's legs to the parts of accounts; none may fall below zero. */
export function replaySubs({ subs }: ReplayedFund, entry: Entry): void {
  for (const change of subChangesOf(entry.fundId, entry.legs)) {
    const key = subKey(change)
    const amount = addFen(subs.get(key) ?? fen(0), change.deltaFen)
    demand(amount >= 0, 'part', `${key} falls to ${amount}`)
    if (amount === 0) subs.delete(key)
    else subs.set(key, amount)
  }
}
