import type { Evidence } from './evidence.ts'
import { countsOn } from './evidence.ts'
import { BREAK, unfold } from './fold.ts'
import type { Gazetteer } from './gazetteer.ts'
import { COUNTY, PREFECTURE, PROVINCE, STEM, TOWNSHIP, VAGUE } from './gazetteer.ts'
import type { Mention } from './mention.ts'
import { charactersBefore, isBare } from './mention.ts'

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
  /** The ended division under whose name it was found, -1 for none. */
  readonly via: number
}

/** How a mention is written; a `hint` is the stem of a zone, which is never the zone for sure. */
type Spelling = 'whole' | 'vague' | 'retyped' | 'short' | 'hint'

export interface Reading {
  readonly gazetteer: Gazetteer
  readonly units: Uint16Array
  readonly length: number
  readonly evidence: Evidence
  readonly today: number
}

/** Every township that the text may mean, each with its rank. */
export function findTownships(reading: Reading): Candidate[] {
  const { gazetteer, evidence } = reading
  const found: Candidate[] = []
  evidence.mentions.forEach((mention, i) => {
    if (evidence.asides & (1 << i)) return
    const around = surroundings(reading, i)
    const first = found.length
    if (mention.whole !== -1) collect(mention.whole, i, around, first)
    if (mention.stem !== -1) collect(mention.stem, i, around, first)
  })
  return found

  function collect(node: number, i: number, around: Surroundings, first: number): void {
    const mention = evidence.mentions[i]
    if (mention === undefined) return
    for (let p = gazetteer.postingStart[node] ?? 0; p < (gazetteer.postingStart[node + 1] ?? 0); p++) {
      const division = gazetteer.postingDivision[p] ?? 0
      if (gazetteer.level[division] !== TOWNSHIP) continue
      const spelling = spellingOf(gazetteer, mention, node, p)
      if (spelling === null || !countsOn(gazetteer, p, reading.today)) continue
      if (spelling !== 'vague' && isKnown(found, first, division)) continue
      const rank = rankOf(reading, division, i, spelling, around)
      if (rank !== null) found.push({ division, mention: i, rank, via: gazetteer.postingVia[p] ?? -1 })
    }
  }
}

function isKnown(found: readonly Candidate[], first: number, division: number): boolean {
  for (let i = first; i < found.length; i++) if (found[i]?.division === division) return true
  return false
}

function spellingOf(gazetteer: Gazetteer, mention: Mention, node: number, posting: number): Spelling | null {
  const form = gazetteer.postingForm[posting] ?? 0
  if (node === mention.whole && form !== STEM) return form === VAGUE ? 'vague' : 'whole'
  if (node !== mention.stem || form !== STEM) return null
  const { kind } = mention
  const kindToday = gazetteer.townshipKind[gazetteer.postingDivision[posting] ?? 0]
  if (kind.township === 0 && kind.means !== 0) return null
  if (kindToday === 0) return 'hint'
  if (kind.township === 0) return 'short'
  return kindToday === kind.township ? 'whole' : 'retyped'
}

/** What stands around a mention, read once for all townships of that name. */
interface Surroundings {
  /** Where the last named division before it ends. */
  readonly previousEnd: number
  /** The bit of a named division right before it. */
  readonly adjacent: number
  /** Strongly named divisions before and after it. */
  readonly strongBefore: number
  readonly strongAfter: number
  /** Bare names that repeat the mention's own: 北湖街道北湖馨苑 does not name 北湖区. */
  readonly repeats: number
  readonly isLonger: boolean
  readonly hasUnknownCounty: boolean
  readonly isShortPlace: boolean
}

function surroundings({ units, length, evidence }: Reading, i: number): Surroundings {
  const { mentions, uppers, strong } = evidence
  const mention = mentions[i] as Mention
  let previousEnd = 0
  let lastUpper = -1
  let strongBefore = 0
  let strongAfter = 0
  let repeats = 0
  for (let k = 0; k < mentions.length; k++) {
    const bit = 1 << k
    if (k < i && mentions[k]) previousEnd = Math.max(previousEnd, mentions[k]?.end ?? 0)
    if (k < i && uppers & bit) lastUpper = k
    if (k < i && strong & bit) strongBefore |= bit
    if (k > i && strong & bit) strongAfter |= bit
    if (k > i && uppers & bit && isRepeat(units, mention, mentions[k])) repeats |= bit
  }
  const upperEnd = lastUpper === -1 ? 0 : Math.min(mention.start, mentions[lastUpper]?.end ?? 0)
  const before = charactersBefore(units, mention, Math.min(previousEnd, mention.start))
  const isAdjacent = lastUpper !== -1 && before === 0 && mention.start - upperEnd <= 2
  const isTwoLetters = mention.end - mention.start <= 2
  return {
    previousEnd,
    adjacent: isAdjacent ? 1 << lastUpper : 0,
    strongBefore,
    strongAfter,
    repeats,
    isLonger: before === 1 || (isTwoLetters && before > 0),
    hasUnknownCounty: hasUnknownCounty(units, Math.max(upperEnd, asideEnd(evidence, mention)), mention.start),
    isShortPlace: isShortPlace(units, mention, length),
  }
}

/** Where the last aside before a mention ends: what it names is not above the township. */
function asideEnd({ asideSpans }: Evidence, { start }: Mention): number {
  return asideSpans.reduce((last, { end }) => (end <= start ? Math.max(last, end) : last), 0)
}

function isRepeat(units: Uint16Array, mention: Mention, later: Mention | undefined): boolean {
  if (later === undefined || !isBare(later)) return false
  for (let i = 0; i < later.end - later.start; i++) {
    if (units[mention.start + i] !== units[later.start + i]) return false
  }
  return true
}

function rankOf(
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
  if (spelling === 'short' || spelling === 'hint') return around.isShortPlace ? RANK.short : null
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

/** The mentions that name what a division lies in; `mask` leaves some out, so that no word names both. */
export function supportOf({ gazetteer, evidence }: Reading, division: number, mask = -1) {
  const support = { county: 0, prefecture: 0, province: 0 }
  for (let at = gazetteer.parent[division] ?? -1; at !== -1; at = gazetteer.parent[at] ?? -1) {
    const bits = evidence.named(at) & mask
    const level = gazetteer.level[at]
    if (level === COUNTY) support.county = bits
    else if (level === PREFECTURE) support.prefecture = bits
    else if (level === PROVINCE) support.province = bits
  }
  return support
}

/** After a short name only these leave no doubt that the township is meant and not a shop, school or road of that name. */
const AFTER_SHORT =
  /^(?:[,:;0-9a-z]|$|[的那这附旁边里上]|在|有|(?:老|新)?街上|集镇|集市|公交|车站|汽车站|客运站|派出所|卫生院|敬老院|镇政府|乡政府|镇上|菜场|菜市场|农贸市场|[\u3400-\u9fff]{1,4}(?:村|居委会|社区)(?!镇|路))/u

function isShortPlace(units: Uint16Array, { start, end }: Mention, length: number): boolean {
  // A stem like 新华路 is first of all a road.
  if (/[路道街巷]$/.test(unfold(units, start, end))) return false
  return AFTER_SHORT.test(unfold(units, end, Math.min(length, end + 8)))
}

/** 市, 县 and 区 that end no county: 超市, 小区, 开发区 … */
const OTHER_ENDS =
  /(?:[超城股门黑夜菜早]市|市[场区民政中辖直]|县[城道委级政]|[发园新开经术税假范景理验港业技小社城市郊库厂矿片牧林]区|区[间域内块])/gu

/** Whether a county that the list does not know is named between `start` and `end`. */
function hasUnknownCounty(units: Uint16Array, start: number, end: number): boolean {
  if (end - start < 2) return false
  let last = end - 1
  while (last > start && !COUNTY_ENDS.has(units[last] ?? BREAK)) last--
  if (last === start) return false
  const gap = unfold(units, start, end).replace(OTHER_ENDS, ',')
  return /[\u3400-\u9fff](?<![在到从去是的我你他她和与跟])[县市区旗]/u.test(gap)
}

const COUNTY_ENDS = new Set(Array.from('县市区旗', (end) => end.charCodeAt(0)))
