import type { Fact } from '../journal/index.ts'
import type { Deadline } from './deadline.ts'

/** What happens to a clock. A start is no fact of its own: the case's fact names the clocks it starts. */
export type DeadlineEvent =
  | 'deadline.met'
  | 'deadline.breached'
  | 'deadline.reminded'
  | 'deadline.moved'
  | 'deadline.paused'
  | 'deadline.resumed'
  | 'deadline.handed_over'

/** A fact about a clock, on the stream of its subject. `unit` and `staffId` are those who owe it. */
export function deadlineFact(type: DeadlineEvent, deadline: Deadline, more: Fact['data'] = {}): Fact {
  const { _id, subject, name, about, unit, staffId, dueAt, rule } = deadline
  return {
    stream: subject,
    type,
    data: {
      deadlineId: _id,
      name,
      subject,
      about,
      unit,
      staffId,
      dueAt: dueAt.toISOString(),
      rule: rule.key,
      ...more,
    },
  }
}
