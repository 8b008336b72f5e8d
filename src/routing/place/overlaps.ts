import type { Gazetteer } from './gazetteer.ts'
import { NO_KIND } from './kinds.ts'
import { liesIn } from './lies-in.ts'
import type { Mention } from './mention.ts'
import { isBare } from './mention.ts'
import { mentionAt } from './read-mention.ts'

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

function shortened(last: Mention, node: number, end: number): Mention {
  return { start: last.start, end, whole: node, stem: node, kind: NO_KIND, stemEnd: end }
}
