import { isHanzi, unfold } from './fold.ts'
import type { Gazetteer } from './gazetteer.ts'
import { STEM, VAGUE, WHOLE } from './gazetteer.ts'
import { NO_KIND, kindAt } from './kinds.ts'
import { liesIn } from './lies-in.ts'
import type { Mention } from './mention.ts'

/** What follows a bare stem when it is a road, a building or a village and not the division. */
const OTHER_THING =
  /^(?:[东南西北中内外一二三四五六七八九十]{0,3}(?:路|大道|大街|街(?!上)|巷|弄|胡同|高速|公路|国道|大桥|桥|河|江|湖|山|港)|村|社区|小区|新村|新苑|家园|花园|花苑|公寓|大厦|大楼|广场|大酒店|酒店|饭店|宾馆|人家)/

/** The longest mention that begins at a place, null for none. */
export function mentionAt(gazetteer: Gazetteer, units: Uint16Array, start: number, length: number): Mention | null {
  const { trie, postingStart, postingForm } = gazetteer
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
  return settle(gazetteer, { start, end: 0, whole, stem, kind, stemEnd }, wholeEnd, units, length)
}

/** Decides between the complete spelling and the stem with its kind, and refuses stems that name something else. */
function settle(
  gazetteer: Gazetteer,
  read: Mention,
  wholeEnd: number,
  units: Uint16Array,
  length: number,
): Mention | null {
  const { start, whole, stem, kind, stemEnd } = read
  const kindEnd = stemEnd + kind.length
  const hasWhole = whole !== -1 && wholeEnd > stemEnd && !isStreetCorner(units, wholeEnd)
  if (hasWhole && wholeEnd > kindEnd) return { start, end: wholeEnd, whole, stem: -1, kind: NO_KIND, stemEnd: wholeEnd }
  if (stem === -1) return hasWhole ? { ...read, end: wholeEnd } : null
  if (hasWhole) return { ...read, end: Math.max(wholeEnd, kindEnd) }
  const isEqualWhole = whole !== -1 && wholeEnd === stemEnd
  if (kind === NO_KIND && isOtherThing(units, stemEnd, length) && !leadsDown(gazetteer, stem, units, stemEnd, length)) {
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

/** 让胡路 before 北湖街道 is its county after all. */
function leadsDown(gazetteer: Gazetteer, stem: number, units: Uint16Array, at: number, length: number): boolean {
  const next = mentionAt(gazetteer, units, at, length)
  return next !== null && liesIn(gazetteer, next, stem)
}
