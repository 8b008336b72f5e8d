import { chinaDay } from '../../shared/china-day.ts'
import { MAX_CHOICES } from './choices.ts'
import { findCodes } from './codes.ts'
import { decide } from './decide.ts'
import { createMarks, weighUppers } from './evidence.ts'
import { MAX_TEXT, foldInto } from './fold.ts'
import type { Gazetteer } from './gazetteer.ts'
import { FOREVER, createGazetteer, dayNumber, isPseudo } from './gazetteer.ts'
import { findMentions } from './mentions.ts'
import { findAsides } from './origins.ts'
import type { Outcome } from './outcome.ts'
import type { Paths, PlaceChoice } from './paths.ts'
import { createPaths } from './paths.ts'
import type { PlaceContext, PlaceDivision } from './place-division.ts'
import { completeContext } from './place-division.ts'
import type { Note, Reason } from './reasons.ts'
import { confidenceOf, reasonOf } from './reasons.ts'
import { createSounds } from './sounds.ts'

/** What a text means as a place of emergency. */
export interface PlaceMatch {
  readonly input: string
  /** 9 digits (township) or 12 (village); null when the operator must choose. */
  readonly code: string | null
  readonly name: string | null
  readonly path: string | null
  /** 0 … 1. Of a decision at least 0.7. */
  readonly confidence: number
  readonly reason: Reason
  /** For a pseudo-unit, the unit that answers for it; null when none is mapped or none is needed. */
  readonly responsibleUnit: string | null
  /** Own county first, at most 40. Beside a decision: what else its words could have meant. */
  readonly candidates: readonly PlaceChoice[]
}

export interface MatchOptions extends PlaceContext {
  /** On which day the list is read; without it every end is taken as past and no beginning as future. */
  readonly now?: Date | undefined
}

/** Reads places out of texts against one list of divisions. */
export interface Matcher {
  /** What the text means; never throws, however odd the text. */
  readonly match: (text: string, options?: MatchOptions) => PlaceMatch
}

/**
 * Makes a matcher for a list of divisions: pure, in memory, to be made anew when the list changes.
 *
 * Rule: the place of emergency decides (Social Assistance Law art. 37, N01), by division code; a name that also exists
 * elsewhere is offered as a choice unless a county, a code or a chosen candidate decides it; words of household
 * registration never count.
 *
 * @param divisions - canonical codes, each once; the whole nation takes about a second and 60 MB
 * @param context - where the texts are read, for all calls that do not say otherwise
 */
export function createMatcher(divisions: readonly PlaceDivision[], context: PlaceContext = {}): Matcher {
  const gazetteer = createGazetteer(divisions)
  const sounds = createSounds(gazetteer)
  const marks = createMarks(gazetteer.count)
  const paths = createPaths(gazetteer)
  const units = new Uint16Array(MAX_TEXT)

  return {
    match(text, options = {}) {
      const length = foldInto(units, text)
      const today = options.now ? dayNumber(chinaDay(options.now), 0) : FOREVER - 1
      const here = completeContext(options.county === undefined ? { ...context, ...given(options) } : options)
      const codes = findCodes(gazetteer, units, length)
      const mentions = findMentions(gazetteer, units, length)
      const asides = findAsides(units, length)
      const evidence = weighUppers(gazetteer, marks, { units, length, mentions, codes }, asides, today)
      const outcome = decide({ gazetteer, units, length, evidence, today, codes, sounds, here })
      return describe(gazetteer, paths, text, outcome, evidence.asides !== 0)
    },
  }
}

function given({ prefecture, province }: MatchOptions): PlaceContext {
  return { ...(prefecture === undefined ? {} : { prefecture }), ...(province === undefined ? {} : { province }) }
}

function describe(
  gazetteer: Gazetteer,
  { choiceOf, shortPath }: Paths,
  input: string,
  outcome: Outcome,
  hasAsides: boolean,
): PlaceMatch {
  const { division, reason, written, about } = outcome
  const facts = { written, place: about === -1 ? '' : shortPath(about), choices: outcome.choices.length }
  const notes = [...outcome.notes, ...pseudoNotes(gazetteer, shortPath, division), ...asideNotes(division, hasAsides)]
  const place = division === -1 ? null : choiceOf(division)
  return {
    input,
    code: place?.code ?? null,
    name: place?.name ?? null,
    path: place?.path ?? null,
    confidence: confidenceOf(reason),
    reason: reasonOf(reason, facts, notes),
    responsibleUnit: gazetteer.responsible.get(division) ?? null,
    candidates: outcome.choices.slice(0, MAX_CHOICES).map(choiceOf),
  }
}

function pseudoNotes(gazetteer: Gazetteer, shortPath: Paths['shortPath'], division: number): Note[] {
  if (division === -1 || !isPseudo(gazetteer, division)) return []
  const responsible = gazetteer.responsible.get(division)
  if (responsible === undefined) return [{ code: 'pseudo_unit_unmapped' }]
  const at = gazetteer.find(responsible)
  return [{ code: 'pseudo_unit', written: at === -1 ? responsible : shortPath(at) }]
}

function asideNotes(division: number, hasAsides: boolean): Note[] {
  return division !== -1 && hasAsides ? [{ code: 'origin_ignored' }] : []
}
