import type { Evidence } from './evidence.ts'
import { BREAK, unfold } from './fold.ts'
import type { Mention } from './mention.ts'
import { charactersBefore, isBare } from './mention.ts'
import type { Reading } from './reading.ts'

/** What stands around a mention, read once for all townships of that name. */
export interface Surroundings {
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
  /** Whether a bare name is worth a question when nothing above it is named. */
  readonly isWorthAsking: boolean
}

/** Reads what stands around the mention with number `i`. */
export function surroundings({ units, length, evidence }: Reading, i: number): Surroundings {
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
  const isLonger = before === 1 || (isTwoLetters && before > 0)
  const isPlace = isShortPlace(units, mention, length)
  return {
    previousEnd,
    adjacent: isAdjacent ? 1 << lastUpper : 0,
    strongBefore,
    strongAfter,
    repeats,
    isLonger,
    hasUnknownCounty: hasUnknownCounty(units, Math.max(upperEnd, asideEnd(evidence, mention)), mention.start),
    isShortPlace: isPlace,
    isWorthAsking: !isLonger && (isPlace || mention.kind.township !== 0),
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

/** After a short name only these leave no doubt that the township is meant and not a shop, school or road of that name. */
const AFTER_SHORT =
  /^(?:[,:;0-9a-z]|$|[的那这附旁边里上]|在|有|(?:老|新)?街上|集镇|集市|古镇|老镇|被|着火|起火|发生|出了|公交|车站|汽车站|客运站|派出所|卫生院|敬老院|镇政府|乡政府|镇上|菜场|菜市场|农贸市场|[\u3400-\u9fff]{1,4}(?:村|居委会|社区)(?!镇|路))/u

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
