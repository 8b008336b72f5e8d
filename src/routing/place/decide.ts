import { decideByCode } from './by-code.ts'
import { decideByName } from './by-name.ts'
import type { Outcome, Question } from './outcome.ts'
import { undecided } from './outcome.ts'
import { findTownships } from './townships.ts'
import { findVillage } from './villages.ts'

/** Decides what division a text means, or that somebody has to choose: by code first, then by names. */
export function decide(question: Question): Outcome {
  if (question.length === 0) return undecided('empty')
  const townships = findTownships(question)
  const outcome = decideByCode(question, townships) ?? decideByName(question, townships)
  return withVillage(question, outcome)
}

function withVillage(question: Question, outcome: Outcome): Outcome {
  const village = outcome.division === -1 ? -1 : findVillage(question, outcome.division)
  return village === -1 ? outcome : { ...outcome, division: village }
}
