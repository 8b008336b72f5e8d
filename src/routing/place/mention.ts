import { BREAK, isHanzi } from './fold.ts'
import type { Kind } from './kinds.ts'
import { MEANS } from './words.ts'

/** A stretch of the text that is written like the name of a division. */
export interface Mention {
  readonly start: number
  readonly end: number
  /** Node of the complete spelling, -1 for none. */
  readonly whole: number
  /** Node of the stem, -1 for none. */
  readonly stem: number
  /** The kind that was read after the stem. */
  readonly kind: Kind
  /** Where the stem ends. */
  readonly stemEnd: number
}

/** Whether nothing but a stem was written. */
export function isBare(mention: Mention): boolean {
  return mention.whole === -1 && mention.kind.means === 0
}

/** Whether a mention is a village by its kind. */
export function isVillageKind(mention: Mention): boolean {
  return (mention.kind.means & MEANS.village) !== 0
}

/** Single characters before a name that are no part of it. */
const LINKS = new Set(
  Array.from('在于到从去是住的我你他她和与跟及至往来回经离靠近由向过叫喂说下内里辖原属区县,', codeOf),
)

/**
 * How many characters before the mention might belong to a longer name: 0 when a boundary, a known name or a link
 * (在, 的, 区 …) stands there.
 */
export function charactersBefore(units: Uint16Array, mention: Mention, previousEnd: number): number {
  let start = mention.start
  while (start > previousEnd && isHanzi(units[start - 1] ?? BREAK) && !LINKS.has(units[start - 1] ?? BREAK)) start--
  return mention.start - start
}

function codeOf(character: string): number {
  return character.charCodeAt(0)
}
