import type { CodeInText } from './codes.ts'
import { BREAK, isHanzi, unfold } from './fold.ts'
import type { Gazetteer } from './gazetteer.ts'
import { COUNTY, PREFECTURE, PROVINCE, STEM, VAGUE } from './gazetteer.ts'
import { livingOf } from './living.ts'
import type { Mention } from './mention.ts'
import { charactersBefore, isBare } from './mention.ts'
import type { Aside } from './origins.ts'
import { OF_A_PLACE } from './origins.ts'
import { liesIn } from './lies-in.ts'
import { MEANS } from './words.ts'

/** Codes count as mentions of their own, on the two highest bits in use. */
const CODE_BIT = 1 << 30

/** Which divisions above the township a text names, and where. Bits stand for mentions: bit i for `mentions[i]`. */
export interface Evidence {
  readonly mentions: readonly Mention[]
  /** Mentions that tell another place than that of the emergency. */
  readonly asides: number
  readonly asideSpans: readonly Aside[]
  /** Mentions that name a division above the township. */
  readonly uppers: number
  /** Of these, the ones written with their kind: a township elsewhere contradicts them. */
  readonly strong: number
  /** The mentions that name exactly this division. */
  named(division: number): number
  /** Divisions named above the township, each once. */
  readonly namedDivisions: readonly number[]
  /** Divisions named by what went into them: 海门区 by 海门市. */
  readonly oldNames: ReadonlyMap<number, number>
}

/** Bits of named divisions, kept per matcher and cleared by counting up. */
export interface Marks {
  readonly turn: Int32Array
  readonly bits: Int32Array
  now: number
}

/** Room for marks on all divisions of a list. */
export function createMarks(count: number): Marks {
  return { turn: new Int32Array(count), bits: new Int32Array(count), now: 0 }
}

/** Reads which provinces, prefectures and counties a text names. */
export function weighUppers(
  gazetteer: Gazetteer,
  marks: Marks,
  text: { units: Uint16Array; length: number; mentions: readonly Mention[]; codes: readonly CodeInText[] },
  asides: readonly Aside[],
  today: number,
): Evidence {
  const { units, length, mentions, codes } = text
  marks.now++
  const namedDivisions: number[] = []
  const oldNames = new Map<number, number>()
  const hidden = hiddenMentions(units, length, mentions, asides)
  let uppers = 0
  let strong = 0

  mentions.forEach((mention, i) => {
    if (hidden & (1 << i)) return
    const { whole, stem } = mention
    const isTooShort = mention.end - mention.start <= 2 && !isBare(mention)
    if (isTooShort && charactersBefore(units, mention, mentions[i - 1]?.end ?? 0) > 0) return
    let found = whole === -1 ? 0 : markNode(whole, i, VAGUE, 0)
    if (found === 0 && stem !== -1) found = markNode(stem, i, 0, mention.kind.means)
    if (found === 0) return
    uppers |= 1 << i
    if (found === 2) strong |= 1 << i
  })
  mentions.forEach((mention, i) => {
    if (mention.whole !== -1 && !(hidden & (1 << i)) && markVague(mention.whole, i)) uppers |= 1 << i
  })
  for (const code of codes) {
    for (const division of livingOf(gazetteer, code.division, today)) markAbove(division)
  }

  return { mentions, asides: hidden, asideSpans: asides, uppers, strong, named, namedDivisions, oldNames }

  function named(division: number): number {
    return division !== -1 && marks.turn[division] === marks.now ? (marks.bits[division] ?? 0) : 0
  }

  function mark(division: number, bit: number): void {
    if (marks.turn[division] !== marks.now) {
      marks.turn[division] = marks.now
      marks.bits[division] = 0
      namedDivisions.push(division)
    }
    marks.bits[division] = (marks.bits[division] ?? 0) | bit
  }

  /** Marks what a node names above the township: 0 nothing, 1 by its bare stem, 2 with its kind. */
  function markNode(node: number, i: number, without: number, means: number): number {
    let found = 0
    const isStem = without === 0
    for (let p = gazetteer.postingStart[node] ?? 0; p < (gazetteer.postingStart[node + 1] ?? 0); p++) {
      const form = gazetteer.postingForm[p] ?? 0
      const division = gazetteer.postingDivision[p] ?? 0
      const level = gazetteer.level[division] ?? 9
      if (level > COUNTY || (isStem ? form !== STEM : form === STEM || form === without)) continue
      if (isStem && means !== 0 && !(means & LEVEL_MEANS[level as 0 | 1 | 2])) continue
      const living = livingOf(gazetteer, division, today)
      if (living.length === 0) continue
      for (const at of living) {
        mark(at, 1 << i)
        if (at !== division && !isStem) oldNames.set(at, division)
      }
      found = isStem && means === 0 ? 1 : 2
    }
    return found
  }

  /** 城区, 经济开发区: only below a prefecture or province that is named too, or right before a township of it. */
  function markVague(node: number, i: number): boolean {
    let isFound = false
    const next = mentions[i + 1]
    const isCounty = (mentions[i]?.end ?? 0) - (mentions[i]?.start ?? 0) <= 2
    const leadsDown =
      isCounty && next?.start === mentions[i]?.end && next !== undefined && liesIn(gazetteer, next, node)
    for (let p = gazetteer.postingStart[node] ?? 0; p < (gazetteer.postingStart[node + 1] ?? 0); p++) {
      const division = gazetteer.postingDivision[p] ?? 0
      if (gazetteer.postingForm[p] !== VAGUE || gazetteer.level[division] !== COUNTY) continue
      if (named(gazetteer.parent[division] ?? -1) === 0 && !leadsDown) continue
      mark(division, 1 << i)
      isFound = true
    }
    return isFound
  }

  function markAbove(division: number): void {
    for (let at = division; at !== -1; at = gazetteer.parent[at] ?? -1) {
      if ((gazetteer.level[at] ?? 9) <= COUNTY) mark(at, CODE_BIT)
    }
  }
}

const LEVEL_MEANS = { [PROVINCE]: MEANS.province, [PREFECTURE]: MEANS.prefecture, [COUNTY]: MEANS.county } as const

/** Mentions inside an aside, and chains like 云南楚雄 before 人, 籍 or 户口. */
function hiddenMentions(
  units: Uint16Array,
  length: number,
  mentions: readonly Mention[],
  asides: readonly Aside[],
): number {
  let hidden = 0
  for (let i = mentions.length - 1; i >= 0; i--) {
    const mention = mentions[i]
    if (mention === undefined) continue
    const next = mentions[i + 1]
    const leadsToHidden = next?.start === mention.end && (hidden & (1 << (i + 1))) !== 0
    const isInAside = asides.some(({ start, end }) => mention.start >= start && mention.end <= end)
    const isOfIt = next?.start !== mention.end && isOfAPlace(units, length, mention)
    if (isInAside || leadsToHidden || isOfIt) hidden |= 1 << i
  }
  return hidden
}

function isOfAPlace(units: Uint16Array, length: number, { end }: Mention): boolean {
  if (!isHanzi(units[end] ?? BREAK)) return false
  return end < length && OF_A_PLACE.test(unfold(units, end, Math.min(length, end + 5)))
}
