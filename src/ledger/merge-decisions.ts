import type { Decision } from './ground.ts'
import { mergeSubChanges } from './sub-changes.ts'

/** Several decisions, each standing on the one before, as one: every head, hold and part as the last of them leaves it. */
export function mergeDecisions(decisions: readonly Decision[]): Decision {
  return {
    entries: decisions.flatMap(({ entries }) => entries),
    heads: lastOf(
      decisions.flatMap(({ heads }) => heads),
      ({ fundId }) => fundId,
    ),
    holds: lastOf(
      decisions.flatMap(({ holds }) => holds),
      ({ holdId }) => holdId,
    ),
    subs: mergeSubChanges(decisions.flatMap(({ subs }) => subs)).filter(({ deltaFen }) => deltaFen !== 0),
    lows: decisions.flatMap(({ lows }) => lows),
  }
}

function lastOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()]
}
