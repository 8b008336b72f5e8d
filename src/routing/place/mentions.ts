import { BREAK, isHanzi, unfold } from './fold.ts'
import type { Gazetteer } from './gazetteer.ts'
import { STEM, VAGUE, WHOLE } from './gazetteer.ts'
import type { Kind } from './kinds.ts'
import { NO_KIND, kindAt } from './kinds.ts'
import { settleOverlap } from './overlaps.ts'
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

/** More mentions than this are not read; an address has at most ten. */
export const MAX_MENTIONS = 30

/** What follows a bare stem when it is a road, a building or a village and not the division. */
const OTHER_THING =
  /^(?:[东南西北中内外一二三四五六七八九十]{0,3}(?:路|大道|大街|街|巷|弄|胡同|高速|公路|国道|大桥|桥|河|江|湖|山|港)|村|社区|小区|新村|新苑|家园|花园|花苑|公寓|大厦|大楼|广场|大酒店|酒店|饭店|宾馆|人家)/

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

/** The longest mention that begins at a place, null for none. */
export function mentionAt(
  { trie, postingStart, postingForm }: Gazetteer,
  units: Uint16Array,
  start: number,
  length: number,
): Mention | null {
  let whole = -1
  let wholeEnd = -1
  let stem = -1
  let stemEnd = -1
  let kind = NO_KIND
  let node = 0
  for (let i = start; i < length; i++) {
    node = trie.step(node, units[i] ?? 0)
    if (node === -1) break
    const from = postingStart[node] ?? 0
    const to = postingStart[node + 1] ?? 0
    if (from === to) continue
    let forms = 0
    for (let p = from; p < to && forms !== 7; p++) forms |= postingForm[p] ?? 0
    if (forms & (WHOLE | VAGUE)) {
      whole = node
      wholeEnd = i + 1
    }
    if (forms & STEM) {
      const next = kindAt(units, i + 1, length)
      if (i + 1 + next.length >= stemEnd + kind.length) {
        stem = node
        stemEnd = i + 1
        kind = next
      }
    }
  }
  return settle({ start, end: 0, whole, stem, kind, stemEnd }, wholeEnd, units, length)
}

/** Decides between the complete spelling and the stem with its kind, and refuses stems that name something else. */
function settle(read: Mention, wholeEnd: number, units: Uint16Array, length: number): Mention | null {
  const { start, whole, stem, kind, stemEnd } = read
  const kindEnd = stemEnd + kind.length
  const hasWhole = whole !== -1 && wholeEnd > stemEnd && !isStreetCorner(units, wholeEnd)
  if (hasWhole && wholeEnd > kindEnd) return { start, end: wholeEnd, whole, stem: -1, kind: NO_KIND, stemEnd: wholeEnd }
  if (stem === -1) return hasWhole ? { ...read, end: wholeEnd } : null
  if (hasWhole) return { ...read, end: Math.max(wholeEnd, kindEnd) }
  const isEqualWhole = whole !== -1 && wholeEnd === stemEnd
  if (kind === NO_KIND && isOtherThing(units, stemEnd, length)) {
    return isEqualWhole ? { ...read, end: wholeEnd, stem: -1 } : null
  }
  return { ...read, whole: isEqualWhole ? whole : -1, end: kindEnd }
}

/** `新华街道口` is the mouth of a street and not 新华街道. */
function isStreetCorner(units: Uint16Array, end: number): boolean {
  return units[end - 1] === 0x9053 && (units[end] === 0x53e3 || units[end] === 0x8def)
}

function isOtherThing(units: Uint16Array, at: number, length: number): boolean {
  if (at >= length || !isHanzi(units[at] ?? 0)) return false
  return OTHER_THING.test(unfold(units, at, Math.min(length, at + 6)))
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
