import type { DutyReason } from './on-duty.ts'
import { ladderOf, secondOf } from './on-duty.ts'
import type { RosterStore } from './roster-store.ts'

/** Somebody to ask about something that happens in a unit now, and why it is them. */
export interface DutyRung {
  readonly staffId: string
  readonly account: string
  readonly name: string
  readonly reason: DutyReason
}

export interface DutyLadderServices {
  readonly roster: RosterStore
}

/**
 * Who is asked first, second and so on about something in a unit: the escalation ladder.
 *
 * Answers from memory (at most two seconds old), because every incoming case asks. May be empty: then the county's triage has to see it.
 *
 * @param question.line - of a hotline: only those who serve this line
 */
export async function dutyLadder(
  { roster }: DutyLadderServices,
  question: { readonly county: string; readonly unit: string; readonly at: Date; readonly line?: string },
): Promise<readonly DutyRung[]> {
  const book = await roster.book(question.county)
  return ladderOf(book, question.unit, question.at, question.line).map(({ person, reason }) => ({
    staffId: person._id,
    account: person.account,
    name: person.name,
    reason,
  }))
}

/** Who may pay in a unit at a moment beside the one who decides: the second person on the roster. */
export async function secondOnDuty(
  { roster }: DutyLadderServices,
  question: { readonly county: string; readonly unit: string; readonly at: Date },
): Promise<readonly DutyRung[]> {
  const book = await roster.book(question.county)
  return secondOf(book, question.unit, question.at).map(({ person, reason }) => ({
    staffId: person._id,
    account: person.account,
    name: person.name,
    reason,
  }))
}
