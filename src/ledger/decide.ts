import { DomainError } from '../shared/errors.ts'
import { checkCommand } from './check-command.ts'
import type { Command } from './command.ts'
import { draftPostings } from './draft-postings.ts'
import { entryId } from './entry.ts'
import type { FundHead } from './fund.ts'
import type { Decision, Ground } from './ground.ts'
import { checkResolution, holdAfter } from './hold-rules.ts'
import { fellLow } from './low-water.ts'
import { openHead } from './open-head.ts'
import { lateField } from './periods/period-rules.ts'
import { postEntry } from './post-entry.ts'
import type { Refusal } from './refusal.ts'
import { checkSecondPerson } from './second-person.ts'
import type { Stamp } from './stamp.ts'
import { nextMoment, sharedFields } from './stamp.ts'
import { checkSubs, subChangesOf } from './sub-changes.ts'

/**
 * Decides a command: the entries it makes and the heads after them, or why not.
 *
 * Pure: the same ground, command and stamp give the same bytes. Nothing is overdrawn, nothing is paid for a purpose that is not on
 * the list, every entry balances and keeps the identity of its book.
 *
 * @throws BrokenBook when an entry would break the book: a bug, never a rule's "no"
 */
export function decide(ground: Ground, command: Command, stamp: Stamp): Decision | Refusal {
  try {
    return decideOrThrow(ground, command, stamp)
  } catch (error) {
    if (error instanceof DomainError) return { refusal: error }
    throw error
  }
}

/** Whether a command was refused. */
export function isRefused(outcome: Decision | Refusal): outcome is Refusal {
  return 'refusal' in outcome
}

function decideOrThrow(ground: Ground, command: Command, stamp: Stamp): Decision {
  checkCommand(command, stamp.at)
  const postings = draftPostings(command, ground)
  checkSecondPerson(postings, command, stamp)
  const before = postings.map((posting) => openHead(posting, ground.heads))
  const hold = 'holdId' in command ? ground.holds.get(command.holdId) : undefined
  if (hold) checkResolution(command, hold, stamp)
  const at = nextMoment(before, stamp.at)
  const shared = { ...sharedFields(command, hold, stamp, at), ...lateField(command, before, at) }
  const ids = before.map((head) => entryId(head.fundId, head.seq + 1))
  const posted = postings.map((posting, index) => {
    const twins = ids.filter((_id, other) => other !== index)
    return postEntry(before[index] as FundHead, posting, { ...shared, twins, line: stamp.line + index })
  })
  checkSubs(postings, ground.subs)
  return {
    entries: posted.map(({ entry }) => entry),
    heads: posted.map(({ head }) => head),
    holds: posted.flatMap(({ entry }) => holdAfter(entry, hold) ?? []),
    subs: posted.flatMap(({ entry }) => subChangesOf(entry.fundId, entry.legs)),
    lows: posted.flatMap(({ head }, index) => fellLow(before[index] as FundHead, head) ?? []),
  }
}
