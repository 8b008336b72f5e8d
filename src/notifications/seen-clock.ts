import type { Deadlines } from '../deadlines/index.ts'
import type { Tx } from '../journal/index.ts'
import type { Policies } from '../policy/index.ts'
import { ruleOf } from '../policy/index.ts'
import type { NoticeRecord } from './notice.ts'

/** Clock of a call-out: the officer has so long to see on the screen what the call would say. */
export const SEEN_CLOCK = 'notice.seen'

export interface SeenClockServices {
  readonly deadlines: Deadlines
  readonly policies: Policies
}

/** The stream of a notice, and the subject of its clock. */
export function noticeStream(id: string): string {
  return `notice:${id}`
}

/** The notice that a clock of this subject belongs to. */
export function noticeOfSubject(subject: string): string {
  return subject.slice(noticeStream('').length)
}

/**
 * Starts the clock after which an officer who has seen nothing is called.
 *
 * @param urgency - of the case; whoever has a P0 case is called sooner
 * @returns false when the county lets no time pass: then the call is due at once
 */
export async function startSeenClock(
  { deadlines, policies }: SeenClockServices,
  tx: Tx,
  { id, county, to, unit = county }: NoticeRecord,
  urgency: unknown,
): Promise<boolean> {
  const policy = await policies.at({ scope: unit, at: tx.at })
  const key = urgency === 'P0' ? 'dispatch.call_out_P0_s' : 'dispatch.call_out_s'
  const seconds = policy.value(key)
  if (seconds === 0) return false
  await deadlines.startDeadline(tx, {
    subject: noticeStream(id),
    name: SEEN_CLOCK,
    unit,
    staffId: to,
    startedAt: tx.at,
    dueAt: new Date(tx.at.getTime() + seconds * 1000),
    rule: ruleOf(policy, key),
  })
  return true
}
