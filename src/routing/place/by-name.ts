import { atBorder, severalTownships } from './border.ts'
import { MAX_CHOICES, distance, orderChoices } from './choices.ts'
import { hasEnded } from './living.ts'
import { COUNTY, isZone } from './gazetteer.ts'
import type { HeardCandidate } from './hearing.ts'
import { hearTownships } from './hearing.ts'
import type { Outcome, Question } from './outcome.ts'
import { decided, undecided, wordsOf } from './outcome.ts'
import type { ReasonCode } from './reasons.ts'
import type { Candidate } from './rank.ts'
import { RANK } from './rank.ts'
import { supportOf } from './reading.ts'
import { fittingTogether, offerBelow, offerBeside, oldNameNotes, oldNamesOf } from './uppers.ts'

/** Decides by the names in the text: the best founded township if it is a single one, else a choice. */
export function decideByName(question: Question, townships: readonly Candidate[]): Outcome {
  const border = atBorder(question, townships)
  if (border) return border
  // 海门人民医院: once something is named, a bare short name elsewhere is noise.
  const isNamed = question.evidence.uppers !== 0
  const asked = isNamed ? townships.filter(({ rank }) => rank !== RANK.short) : townships
  const best = asked.reduce((least, { rank }) => Math.min(least, rank), NOTHING)
  if (best <= RANK.countyShort) return amongNamed(question, asked, best)

  const heard = hearTownships(question, best)
  const sure = heard.filter(({ rank }) => rank === RANK.countySound)
  const [first] = sure
  if (first && sure.every(({ division }) => division === first.division)) {
    return decided('sounds_like', first.division, first.written, oldNamesOf(question, parentOf(question, first)))
  }
  if (best < RANK.alone) return amongNamed(question, asked, best)
  if (best <= RANK.aloneRetyped) return standingAlone(question, asked, heard)
  return unsure(question, townships, best, heard)
}

const NOTHING = 99

const DECIDING: Readonly<Record<number, ReasonCode>> = {
  [RANK.county]: 'county_and_township',
  [RANK.countyRetyped]: 'kind_changed',
  [RANK.countyShort]: 'county_and_short_name',
  [RANK.prefecture]: 'prefecture_and_township',
  [RANK.prefectureRetyped]: 'kind_changed',
  [RANK.province]: 'province_and_township',
}

/** Something above is named: a single township of the best rank decides. */
function amongNamed(question: Question, townships: readonly Candidate[], best: number): Outcome {
  const ranked = townships.filter(({ rank }) => rank === best)
  const fitting = withoutZones(question, bestSupported(question, withoutUppers(question, ranked)))
  const [first] = fitting
  const reason = DECIDING[best] ?? 'county_and_township'
  if (first && fitting.every(({ division }) => division === first.division)) return chosen(question, reason, first)
  if (new Set(fitting.map(({ mention }) => mention)).size > 1) return severalTownships(question, fitting)

  const near = best <= RANK.countyShort ? nearest(question, fitting) : undefined
  const choices = orderChoices(question.gazetteer, fitting, question.here)
  if (near) return { ...chosen(question, 'nearest_county', near), choices }
  return undecided('name_in_several_counties', { written: wordsOf(question, first), choices })
}

/** 肥乡 before 天台山镇 is the county and not 肥乡镇: what names the county of another gives way to it. */
function withoutUppers(question: Question, candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length < 2) return candidates
  const counties = candidates.reduce((bits, { division }) => bits | supportOf(question, division).county, 0)
  const others = candidates.filter(({ mention }) => (counties & (1 << mention)) === 0)
  return others.length > 0 ? others : candidates
}

/** 南通 before 通州区: of equal names the one of which more levels are named. */
function bestSupported(question: Question, candidates: readonly Candidate[]): readonly Candidate[] {
  if (new Set(candidates.map(({ mention }) => mention)).size !== 1) return candidates
  const support = ({ division }: Candidate) => {
    const { county, prefecture, province } = supportOf(question, division)
    return Number(county !== 0) + Number(prefecture !== 0) + Number(province !== 0)
  }
  const most = Math.max(...candidates.map(support))
  return candidates.filter((candidate) => support(candidate) === most)
}

/** Zones give way to a township by law that is named too. */
function withoutZones({ gazetteer }: Question, candidates: readonly Candidate[]): readonly Candidate[] {
  const legal = candidates.filter(({ division }) => !isZone(gazetteer, division))
  return legal.length > 0 ? legal : candidates
}

/** The only one in the own county, or else in the own prefecture. */
function nearest({ gazetteer, here }: Question, fitting: readonly Candidate[]): Candidate | undefined {
  for (const limit of [0, 1]) {
    const near = fitting.filter(({ division }) => distance(gazetteer.codes[division] ?? '', here) <= limit)
    if (near.length > 0) return near.length === 1 ? near[0] : undefined
  }
  return undefined
}

/** Only a township's name: it decides when it exists once and not somewhere else than here. */
function standingAlone(question: Question, townships: readonly Candidate[], heard: readonly HeardCandidate[]): Outcome {
  const { gazetteer, here } = question
  const isOwn = (division: number) => distance(gazetteer.codes[division] ?? '', here) === 0
  const whole = townships.filter(({ rank }) => rank === RANK.alone)
  const retyped = townships.filter(
    ({ rank, division }) => rank === RANK.aloneRetyped && (!whole.length || isOwn(division)),
  )
  const alone = [...whole, ...retyped]
  if (new Set(whole.map(({ mention }) => mention)).size > 1) return severalTownships(question, alone)

  const choices = orderChoices(gazetteer, [...alone, ...heard], here)
  const [first] = alone
  if (first === undefined || choices.length > 1) {
    return undecided('name_in_several_counties', { written: wordsOf(question, first), choices })
  }
  const isWhole = first.rank === RANK.alone
  if (isOwn(first.division)) return chosen(question, isWhole ? 'own_county' : 'kind_changed', first)
  if (here.county === '' && isWhole) return chosen(question, 'unique_name', first)
  return undecided('elsewhere_only', { written: wordsOf(question, first), choices, about: first.division })
}

const UNSURE: Readonly<Record<number, ReasonCode>> = {
  [RANK.short]: 'short_name_unsure',
  [RANK.unknownCounty]: 'unknown_county',
  [RANK.longerName]: 'longer_name',
  [RANK.contradicted]: 'not_in_county',
}

/** Nothing decides: what was read or heard is offered, then what lies below the named county. */
function unsure(
  question: Question,
  townships: readonly Candidate[],
  best: number,
  heard: readonly HeardCandidate[],
): Outcome {
  const read = townships.filter(({ rank }) => rank === best)
  const near = townships.filter(
    ({ rank, division }) => rank === RANK.short && supportOf(question, division).county !== 0,
  )
  const below = offerBelow(question)
  if (read.length + near.length + heard.length === 0) return below

  const [firstRead] = [...read, ...near]
  const [firstHeard] = heard
  const reason = UNSURE[best] ?? (firstHeard ? 'sound_unsure' : 'short_name_unsure')
  const written = reason === 'sound_unsure' ? firstHeard?.written : wordsOf(question, firstRead)
  const here = orderChoices(question.gazetteer, [...near, ...heard], question.here)
  const elsewhere = orderChoices(question.gazetteer, read, question.here)
  const choices = [...new Set([...here, ...elsewhere, ...below.choices])].slice(0, MAX_CHOICES)
  return undecided(reason, { written: written ?? '', choices })
}

function chosen(question: Question, reason: ReasonCode, candidate: Candidate): Outcome {
  const { gazetteer, today } = question
  const { division, via } = candidate
  if (hasEnded(gazetteer, division, today)) return offerBeside(question, division)
  const notes = [...oldNameNotes(gazetteer, division, via), ...oldNamesOf(question, parentOf(question, candidate))]
  return decided(reason, division, wordsOf(question, candidate), notes, sameNamedCounties(question, division))
}

/** Other counties under the very word that named this one's: shown beside the decision, so that it is never silent. */
function sameNamedCounties(question: Question, division: number): number[] {
  const { evidence, gazetteer } = question
  const { county } = supportOf(question, division)
  if (county === 0) return []
  const others = fittingTogether(question, COUNTY).filter(
    (at) => at !== gazetteer.parent[division] && (evidence.named(at) & county) !== 0,
  )
  return others.length > 0 ? [division, ...others] : []
}

function parentOf({ gazetteer }: Question, { division }: Candidate): number {
  return gazetteer.parent[division] ?? -1
}
