import type { ParameterKey, Policy } from '../policy/index.ts'
import { ruleOf, spanOfRule } from '../policy/index.ts'
import type { NewDeadline } from './deadline.ts'

/** At what hour of the working day before a due day people are reminded. Chosen: when offices open. */
export const REMIND_HOUR = 8

/** A clock to be started by a parameter. */
export type ClockByRule = Pick<NewDeadline, 'subject' | 'name' | 'unit' | 'about' | 'staffId'> & {
  /** The parameter that says how long. */
  readonly key: ParameterKey
  readonly from: Date
  /** Remind so many working days before the due day. */
  readonly remindWorkingDays?: number
}

/**
 * A clock by the parameter in force: due time, reminder and rule.
 *
 * @param policy - of the unit that owes it, at the moment the clock starts
 * @throws DomainError `policy.missing`; RangeError when the parameter is no time
 */
export function clockOfRule(policy: Policy, { key, from, remindWorkingDays, ...owed }: ClockByRule): NewDeadline {
  const rule = ruleOf(policy, key)
  const dueAt = policy.calendar.addTo(from, spanOfRule(rule))
  const reminder = remindWorkingDays
    ? { remindAt: policy.calendar.workingDayFromDue(dueAt, -remindWorkingDays, REMIND_HOUR) }
    : {}
  return { ...owed, rule, startedAt: from, dueAt, ...reminder }
}
