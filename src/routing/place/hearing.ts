import type { Question } from './outcome.ts'
import { fittingTogether } from './uppers.ts'
import { unfold } from './fold.ts'
import { COUNTY, PREFECTURE } from './gazetteer.ts'
import { charactersBefore } from './mention.ts'
import type { Candidate } from './rank.ts'
import { RANK } from './rank.ts'

/** A township that was heard and not read, with what was written instead. */
export type HeardCandidate = Candidate & { readonly written: string }

/** More counties than this are not listened through for one text. */
const MAX_COUNTIES = 30

/**
 * Townships that sound like a part of the text: in the named county, else in the named prefecture, else in the own
 * county and prefecture. Only in a named county, with the same syllables and its kind behind it, is one sure.
 */
export function hearTownships(question: Question, best: number): HeardCandidate[] {
  const counties = fittingTogether(question, COUNTY)
  if (counties.length === 0 && best <= RANK.province) return []
  const scope = counties.length > 0 ? counties : scopeWithoutCounty(question)
  return scope.slice(0, MAX_COUNTIES).flatMap((county) => hearInCounty(question, county, counties.length > 0))
}

function hearInCounty(question: Question, county: number, isNamed: boolean): HeardCandidate[] {
  const { units, length, evidence, sounds } = question
  return sounds.hear(units, length, county).flatMap((heard) => {
    const { division, start, end, isExact, hasKind } = heard
    const hidden = evidence.mentions.some(
      (mention, i) => start < mention.end && end > mention.start && (evidence.asides | evidence.uppers) & (1 << i),
    )
    if (hidden || (!hasKind && !isNamed)) return []
    const previousEnd = evidence.mentions.reduce((last, mention) => (mention.end <= start ? mention.end : last), 0)
    const isWhole = charactersBefore(units, { ...NOWHERE, start, end }, previousEnd) === 0
    const rank = isNamed && isExact && hasKind && isWhole ? RANK.countySound : RANK.sound
    return [{ division, mention: -1, rank, via: -1, written: unfold(units, start, end) }]
  })
}

const NOWHERE = { whole: -1, stem: -1, stemEnd: -1, kind: { length: 0, means: 0, township: 0 } }

function scopeWithoutCounty(question: Question): number[] {
  const { gazetteer, here } = question
  const named = fittingTogether(question, PREFECTURE)
  const prefectures = named.length > 0 ? named : [gazetteer.find(here.prefecture)].filter((at) => at !== -1)
  const counties = prefectures.flatMap((prefecture) => {
    const end = gazetteer.end[prefecture] ?? 0
    return Array.from({ length: end - prefecture }, (_, i) => prefecture + i).filter(
      (at) => gazetteer.level[at] === COUNTY,
    )
  })
  const own = gazetteer.find(here.county)
  return named.length === 0 && own !== -1 ? [own, ...counties.filter((at) => at !== own)] : counties
}
