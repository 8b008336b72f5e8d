import { choicesBelow, distance } from './choices.ts'
import { hasEnded } from './living.ts'
import type { Gazetteer } from './gazetteer.ts'
import { COUNTY, PREFECTURE, PROVINCE } from './gazetteer.ts'
import type { Outcome, Question } from './outcome.ts'
import { undecided } from './outcome.ts'
import type { Note } from './reasons.ts'
import { supportOf } from './reading.ts'
import { villageChoices } from './villages.ts'

const LEVELS = [
  [COUNTY, 'county_only'],
  [PREFECTURE, 'prefecture_only'],
  [PROVINCE, 'province_only'],
] as const

/** When no township is named: what lies below the lowest division that is. */
export function offerBelow(question: Question): Outcome {
  const villages = villageChoices(question)
  const [village] = villages
  if (village) return undecided('village_only', { written: village.written, choices: villages.map((v) => v.division) })
  for (const [level, reason] of LEVELS) {
    const named = fittingTogether(question, level)
    const [only] = named
    if (only === undefined) continue
    if (named.length > 1) return undecided('several_counties', { choices: named, notes: endedCodes(question) })
    if (hasEnded(question.gazetteer, only, question.today)) return offerBeside(question, only)
    const choices = choicesBelow(question.gazetteer, only, question.today)
    return withUnknownCode(question, undecided(reason, { about: only, choices, notes: oldNamesOf(question, only) }))
  }
  return undecided(question.evidence.asides === 0 ? 'nothing_found' : 'origin_only')
}

/** A division that ended and left nobody in its place: what lies beside it is offered. */
export function offerBeside({ gazetteer, today }: Question, division: number): Outcome {
  const above = gazetteer.parent[division] ?? -1
  const choices = above === -1 ? [] : choicesBelow(gazetteer, above, today)
  return undecided('ended_without_successor', { about: division, choices })
}

/**
 * The divisions of a level that the text names: those that fit the most of its other names, and of those under one word
 * the one near us.
 */
export function fittingTogether(question: Question, level: number): number[] {
  const { gazetteer, evidence, here } = question
  const named = evidence.namedDivisions.filter((division) => gazetteer.level[division] === level)
  const most = Math.max(...named.map((division) => weight(question, division)), 0)
  const fitting = named.filter((division) => weight(question, division) === most).sort((a, b) => a - b)
  if (fitting.length < 2 || !isOneWord(question, fitting)) return fitting
  const near = fitting.filter((division) => distance(gazetteer.codes[division] ?? '', here) <= 1)
  return near.length === 1 ? near : fitting
}

function weight(question: Question, division: number): number {
  const { county, prefecture, province } = supportOf(question, division)
  const isStrong = (question.evidence.named(division) & question.evidence.strong) !== 0
  return (county ? 2 : 0) + (prefecture ? 2 : 0) + (province ? 2 : 0) + (isStrong ? 1 : 0)
}

/** Whether one word names them all: 通州区 is one word for two, 海门区和启东市 are two. */
function isOneWord({ evidence }: Question, divisions: readonly number[]): boolean {
  return divisions.reduce((shared, division) => shared & evidence.named(division), -1) !== 0
}

/** Notes that a county is named by a name or code of before. */
export function oldNamesOf(question: Question, division: number): Note[] {
  const { gazetteer, evidence } = question
  const via = evidence.oldNames.get(division)
  return [...oldNameNotes(gazetteer, division, via ?? -1), ...endedCodes(question)]
}

/** A note that a division was found by a name of before, unless it kept the name. */
export function oldNameNotes({ names }: Gazetteer, division: number, via: number): Note[] {
  return via === -1 || names[via] === names[division] ? [] : [{ code: 'old_name', written: names[via] ?? '' }]
}

function endedCodes({ codes, gazetteer, today }: Question): Note[] {
  const ended = codes.filter(({ division }) => hasEnded(gazetteer, division, today))
  return ended.map(({ written }) => ({ code: 'old_name', written }))
}

function withUnknownCode({ codes, gazetteer }: Question, outcome: Outcome): Outcome {
  const unknown = codes.find(({ isExact }) => !isExact)
  if (!unknown) return outcome
  // The same number below the successor is the likeliest: 320684103 → 320614103.
  const alike = outcome.choices.filter((at) => gazetteer.codes[at]?.slice(6) === unknown.written.slice(6, 9))
  const choices = [...new Set([...alike, ...outcome.choices])]
  return { ...outcome, reason: 'code_unknown', written: unknown.written, choices }
}
