import { orderChoices } from './choices.ts'
import { TOWNSHIP } from './gazetteer.ts'
import { hasEnded, livingOf } from './living.ts'
import type { Outcome, Question } from './outcome.ts'
import { decided, undecided } from './outcome.ts'
import type { Note } from './reasons.ts'
import type { Candidate } from './rank.ts'
import { RANK } from './rank.ts'
import { supportOf } from './reading.ts'
import { offerBeside } from './uppers.ts'

/**
 * A code of a township or village decides, unless the names in the text say otherwise; one that ended stands for its
 * successor.
 *
 * @returns null when the text has no such code
 */
export function decideByCode(question: Question, townships: readonly Candidate[]): Outcome | null {
  const { gazetteer, today } = question
  const codes = question.codes.filter(({ division }) => (gazetteer.level[division] ?? 0) >= TOWNSHIP)
  const [code] = codes
  if (code === undefined) return null
  const { written } = code
  const targets = [...new Set(codes.flatMap(({ division }) => livingOf(gazetteer, division, today)))]
  const [target] = targets
  if (target === undefined || hasEnded(gazetteer, target, today)) {
    return { ...offerBeside(question, code.division), written }
  }
  if (targets.length > 1) {
    return undecided(codes.length > 1 ? 'several_townships' : 'code_split', { written, choices: targets })
  }
  const others = contradictions(question, townships, target)
  if (others.length > 0) return undecided('code_and_name_disagree', { written, choices: [target, ...others] })
  const notes: Note[] = code.isExact ? [] : [{ code: 'village_unlisted', written }]
  return decided(target === code.division ? 'code' : 'code_ended', target, written, notes)
}

/** Ranks at which a name is as good as a code. */
const TRUSTED: ReadonlySet<number> = new Set([RANK.county, RANK.countyRetyped, RANK.prefecture, RANK.alone])

/** What the text names in words and the code's division does not lie in. */
function contradictions(question: Question, townships: readonly Candidate[], target: number): number[] {
  const { gazetteer, evidence, here } = question
  const township = gazetteer.level[target] === TOWNSHIP ? target : (gazetteer.parent[target] ?? -1)
  if (townships.some(({ division }) => division === township)) return []
  const names = townships.filter(({ rank }) => TRUSTED.has(rank))
  if (names.length > 0) return orderChoices(gazetteer, names, here)
  const { county, prefecture, province } = supportOf(question, township)
  const missed = evidence.strong & ~(county | prefecture | province)
  return missed === 0 ? [] : evidence.namedDivisions.filter((division) => (evidence.named(division) & missed) !== 0)
}
