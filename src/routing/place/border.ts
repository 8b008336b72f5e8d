import { orderChoices } from './choices.ts'
import { unfold } from './fold.ts'
import type { Outcome, Question } from './outcome.ts'
import { undecided, wordsOf } from './outcome.ts'
import type { Candidate } from './rank.ts'
import { RANK } from './rank.ts'

const BORDER = /交界|交接处|交汇|接壤|搭界|边界|之间|中间|路上|途中|两镇|两乡|两县/u
const AND = /^[和与跟及同或,]$/u

/** Two townships named side by side or with a word of borders: never one of them alone. Null when there is no such thing. */
export function atBorder(question: Question, townships: readonly Candidate[]): Outcome | null {
  const { units, length } = question
  const named = townships.filter(({ rank }) => rank <= RANK.alone && rank !== RANK.countyShort)
  const mentions = [...new Set(named.map(({ mention }) => mention))]
  if (mentions.length < 2) return null
  const isBorder = BORDER.test(unfold(units, 0, length)) || mentions.some((mention) => isJoined(question, mention))
  if (!isBorder) return null
  const bestOf = new Map<number, number>()
  for (const { mention, rank } of named) bestOf.set(mention, Math.min(bestOf.get(mention) ?? rank, rank))
  const candidates = named.filter(({ mention, rank }) => rank === bestOf.get(mention))
  return new Set(candidates.map(({ division }) => division)).size > 1 ? severalTownships(question, candidates) : null
}

/** More than one township is named and all are offered. */
export function severalTownships(question: Question, candidates: readonly Candidate[]): Outcome {
  const choices = orderChoices(question.gazetteer, candidates, question.here)
  return undecided('several_townships', { written: wordsOf(question, candidates[0]), choices })
}

/** Whether 和, 与 or a comma links a mention to the one before it. */
function isJoined({ evidence, units }: Question, mention: number): boolean {
  const before = evidence.mentions[mention - 1]
  const at = evidence.mentions[mention]
  return before !== undefined && at !== undefined && AND.test(unfold(units, before.end, Math.max(before.end, at.start)))
}
