import type { Gazetteer } from './gazetteer.ts'
import type { Mention } from './mention.ts'
import { settleOverlap } from './overlaps.ts'
import { mentionAt } from './read-mention.ts'

/** More mentions than this are not read; an address has at most ten. */
const MAX_MENTIONS = 30

/** All mentions in the order of the text: the longest at each place, none inside another. */
export function findMentions(gazetteer: Gazetteer, units: Uint16Array, length: number): Mention[] {
  const mentions: Mention[] = []
  for (let start = 0; start < length && mentions.length < MAX_MENTIONS; start++) {
    const found = mentionAt(gazetteer, units, start, length)
    if (found === null) continue
    const last = mentions.at(-1)
    if (last === undefined || found.start >= last.end) mentions.push(found)
    else if (found.end > last.end) settleOverlap(gazetteer, mentions, last, found, units, length)
  }
  return mentions
}
