import type { Fen } from '../shared/fen.ts'
import { addFen, fen } from '../shared/fen.ts'
import type { Entry } from './entry.ts'
import type { FundHead, FundId } from './fund.ts'
import type { Hold } from './hold.ts'
import type { SubChange } from './sub-account.ts'
import { subKey } from './sub-account.ts'

/** What a decision stands on: the heads, holds and parts of accounts that a command touches. */
export interface Ground {
  readonly heads: ReadonlyMap<FundId, FundHead>
  readonly holds: ReadonlyMap<string, Hold>
  /** By `subKey`. A part that is not there counts as zero. */
  readonly subs: ReadonlyMap<string, Fen>
  /** Entries that a command undoes, with their other halves, by id. */
  readonly entries: ReadonlyMap<string, Entry>
  /** Ids of those among them that were undone before. */
  readonly reversed: ReadonlySet<string>
}

/** A fund that just fell below its mark. */
export interface LowWater {
  readonly fundId: FundId
  /** The entry with which it fell. */
  readonly seq: number
  readonly freeFen: Fen
  readonly markFen: Fen
}

/** What a command does: the entries to add and all that follows from them. */
export interface Decision {
  readonly entries: readonly Entry[]
  /** Heads after the entries, one per fund. */
  readonly heads: readonly FundHead[]
  /** Holds placed or resolved, as they are now. */
  readonly holds: readonly Hold[]
  readonly subs: readonly SubChange[]
  readonly lows: readonly LowWater[]
}

/** Nothing decided yet. */
export const NO_GROUND: Ground = {
  heads: new Map(),
  holds: new Map(),
  subs: new Map(),
  entries: new Map(),
  reversed: new Set(),
}

/** The ground after a decision: what the next one stands on. */
export function afterDecision(ground: Ground, decision: Decision): Ground {
  const subs = new Map(ground.subs)
  for (const change of decision.subs) {
    const key = subKey(change)
    subs.set(key, addFen(subs.get(key) ?? fen(0), change.deltaFen))
  }
  return {
    heads: new Map([...ground.heads, ...decision.heads.map((head) => [head.fundId, head] as const)]),
    holds: new Map([...ground.holds, ...decision.holds.map((hold) => [hold.holdId, hold] as const)]),
    subs,
    entries: new Map([...ground.entries, ...decision.entries.map((entry) => [entry._id, entry] as const)]),
    reversed: new Set([...ground.reversed, ...decision.entries.flatMap(({ reverses }) => reverses ?? [])]),
  }
}
