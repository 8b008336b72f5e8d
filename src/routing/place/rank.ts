import type { Reading } from './reading.ts'
import { supportOf } from './reading.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * How well a text names a township, best first. Up to `ALONE` a single township of the best rank decides; the others
 * are only ever offered.
 */
export const RANK = {
  /** Its county is named, its name is complete. */
  county: 0,
  /** Its county is named, its kind is another one today (汤头镇 → 汤头街道). */
  countyRetyped: 1,
  /** Its county stands right before its name without a kind (海门常乐). */
  countyShort: 2,
  /** Its county is named, its name sounds the same. */
  countySound: 3,
  prefecture: 4,
  prefectureRetyped: 5,
  province: 6,
  /** Nothing above it is named. */
  alone: 7,
  aloneRetyped: 8,
  short: 9,
  sound: 10,
  /** A county stands before it that the list does not know. */
  unknownCounty: 11,
  /** The name may be the end of a longer one. */
  longerName: 12,
  /** Something is named that it does not lie in. */
  contradicted: 13,
} as const

/** A township that a mention may mean. */
export interface Candidate {
  readonly division: number
  /** Which mention; -1 when it was heard and not read. */
  readonly mention: number
  /** One of `RANK`. */
  readonly rank: number
  /** The ended division under whose name it was found, -1 for its own. */
  readonly via: number
}

/** How a mention is written; a `hint` is the stem of a zone, which is never the zone for sure. */
export type Spelling = 'whole' | 'vague' | 'retyped' | 'short' | 'hint'

/** The rank of a township under a mention, null when the mention does not mean it at all. */
export function rankOf(
  reading: Reading,
  division: number,
  i: number,
  spelling: Spelling,
  around: Surroundings,
): number | null {
  const above = supportOf(reading, division, ~((1 << i) | around.repeats))
  const all = above.county | above.prefecture | above.province | (1 << i)
  // Behind a township whose county was named before it, other places are names of shops and banks.
  const isNamedBefore = (above.county & ((1 << i) - 1)) !== 0
  const against = isNamedBefore ? around.strongBefore : around.strongBefore | around.strongAfter
  const isContradicted = ((against | around.adjacent) & ~all) !== 0

  if (spelling === 'vague' && !above.county) return null
  if (isContradicted) return spelling === 'whole' ? RANK.contradicted : null
  if (around.isLonger && spelling !== 'short' && spelling !== 'hint') return RANK.longerName
  if (above.county) return rankInCounty(spelling, (around.adjacent & above.county) !== 0 && around.isShortPlace)
  if (spelling === 'short' || spelling === 'hint') return around.isWorthAsking ? RANK.short : null
  if (around.hasUnknownCounty) return RANK.unknownCounty
  if (above.prefecture) return spelling === 'retyped' ? RANK.prefectureRetyped : RANK.prefecture
  if (spelling === 'retyped') return RANK.aloneRetyped
  return above.province ? RANK.province : RANK.alone
}

function rankInCounty(spelling: Spelling, isShortSure: boolean): number {
  if (spelling === 'retyped') return RANK.countyRetyped
  if (spelling === 'hint') return RANK.short
  if (spelling === 'short') return isShortSure ? RANK.countyShort : RANK.short
  return RANK.county
}
