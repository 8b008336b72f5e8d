import { decideByCode } from './by-code.ts'
import { decideByName } from './by-name.ts'
import { unfold } from './fold.ts'
import type { Outcome, Question } from './outcome.ts'
import { undecided } from './outcome.ts'
import { findTownships } from './townships.ts'
import { findVillage } from './villages.ts'

/** Decides what division a text means, or that somebody has to choose: by code first, then by names. */
export function decide(question: Question): Outcome {
  if (question.length === 0) return undecided('empty')
  const townships = findTownships(question)
  const byCode = decideByCode(question, townships)
  if (byCode) return withVillage(question, byCode)
  return withVillage(question, unlessOnTheWay(question, decideByName(question, townships)))
}

const ON_THE_WAY = /[去往回到][^,;]{2,15}?(?:路上|途中|半路)/u

/** 去常乐镇的路上: the place is named, but nobody says that it happened there. */
function unlessOnTheWay({ units, length }: Question, outcome: Outcome): Outcome {
  const { division, written } = outcome
  if (division === -1 || !ON_THE_WAY.test(unfold(units, 0, length))) return outcome
  return undecided('on_the_way', { written, choices: [division] })
}

function withVillage(question: Question, outcome: Outcome): Outcome {
  const village = outcome.division === -1 ? -1 : findVillage(question, outcome.division)
  return village === -1 ? outcome : { ...outcome, division: village }
}
