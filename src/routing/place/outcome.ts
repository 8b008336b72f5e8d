import type { Here } from './choices.ts'
import type { CodeInText } from './codes.ts'
import { unfold } from './fold.ts'
import type { Note, ReasonCode } from './reasons.ts'
import type { Sounds } from './sounds.ts'
import type { Candidate } from './rank.ts'
import type { Reading } from './reading.ts'

/** A text that has been read, and who asks. */
export interface Question extends Reading {
  readonly codes: readonly CodeInText[]
  readonly sounds: Sounds
  readonly here: Here
}

/** What a text led to, in numbers of the gazetteer. */
export interface Outcome {
  /** -1 when the operator must choose. */
  readonly division: number
  readonly reason: ReasonCode
  readonly notes: readonly Note[]
  /** The words that decided. */
  readonly written: string
  /** The division that the reason speaks of, -1 for none. */
  readonly about: number
  readonly choices: readonly number[]
}

/** A division was found. */
export function decided(
  reason: ReasonCode,
  division: number,
  written: string,
  notes: readonly Note[] = [],
  choices: readonly number[] = [],
): Outcome {
  return { division, reason, notes, written, about: division, choices }
}

/** Somebody has to choose. */
export function undecided(reason: ReasonCode, rest: Partial<Outcome> = {}): Outcome {
  return { notes: [], written: '', about: -1, choices: [], ...rest, division: -1, reason }
}

/** The words of the text that a candidate was found by. */
export function wordsOf({ evidence, units }: Question, candidate: Candidate | undefined): string {
  const mention = candidate && evidence.mentions[candidate.mention]
  return mention ? unfold(units, mention.start, mention.end) : ''
}
