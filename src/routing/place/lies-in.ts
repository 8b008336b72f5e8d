import type { Gazetteer } from './gazetteer.ts'
import { COUNTY } from './gazetteer.ts'
import type { Mention } from './mention.ts'

/** Whether a division that the mention may mean lies in one above the township that a node names. */
export function liesIn(gazetteer: Gazetteer, mention: Mention, node: number): boolean {
  const uppers = new Set<number>()
  for (const at of divisionsOf(gazetteer, node)) if ((gazetteer.level[at] ?? 9) <= COUNTY) uppers.add(at)
  for (const at of uppers) for (const successor of gazetteer.successors.get(at) ?? []) uppers.add(successor)
  if (uppers.size === 0) return false
  for (const lower of [mention.whole, mention.stem]) {
    for (const division of divisionsOf(gazetteer, lower)) {
      for (let at = gazetteer.parent[division] ?? -1; at !== -1; at = gazetteer.parent[at] ?? -1) {
        if (uppers.has(at)) return true
      }
    }
  }
  return false
}

function* divisionsOf({ postingStart, postingDivision }: Gazetteer, node: number): Iterable<number> {
  if (node === -1) return
  for (let p = postingStart[node] ?? 0; p < (postingStart[node + 1] ?? 0); p++) yield postingDivision[p] ?? -1
}
