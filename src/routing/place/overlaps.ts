import type { Gazetteer } from './gazetteer.ts'
import { COUNTY } from './gazetteer.ts'
import { NO_KIND } from './kinds.ts'
import type { Mention } from './mentions.ts'
import { isBare, mentionAt } from './mentions.ts'

/**
 * Two names share characters of the text: the reading wins in which the second lies in the first.
 *
 * 济南市中区 is 济南(市) and 市中区; 荔城镇海街道 is 荔城 and 镇海街道 and not 荔城镇; 津南辛庄镇 is 津南 and 辛庄镇 and not 南辛庄.
 */
export function settleOverlap(
  gazetteer: Gazetteer,
  mentions: Mention[],
  last: Mention,
  found: Mention,
  units: Uint16Array,
  length: number,
): void {
  if (isBare(found)) return
  const before = nodeAt(gazetteer, units, last.start, found.start)
  if (before !== -1 && liesIn(gazetteer, found, before)) {
    mentions[mentions.length - 1] = shortened(last, before, found.start)
    mentions.push(found)
    return
  }
  if (!isBare(last)) return
  const after = mentionAt(gazetteer, units, last.end, length)
  const isBetterSplit = after !== null && last.stem !== -1 && liesIn(gazetteer, after, last.stem)
  if (!isBetterSplit) mentions[mentions.length - 1] = found
}

/** The node of exactly the characters between two places, -1 when they are no name. */
function nodeAt({ trie }: Gazetteer, units: Uint16Array, start: number, end: number): number {
  let node = 0
  for (let i = start; i < end && node !== -1; i++) node = trie.step(node, units[i] ?? 0)
  return node
}

/** Whether a division that the mention may mean lies in one above the township that a node names. */
export function liesIn(gazetteer: Gazetteer, mention: Mention, node: number): boolean {
  const uppers = new Set([...divisionsOf(gazetteer, node)].filter((at) => (gazetteer.level[at] ?? 9) <= COUNTY))
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

function shortened(last: Mention, node: number, end: number): Mention {
  return { start: last.start, end, whole: node, stem: node, kind: NO_KIND, stemEnd: end }
}
