import type { CaseRecord } from '../cases/index.ts'
import { caseStream } from '../cases/index.ts'
import type { NewDeadline } from '../deadlines/index.ts'
import { clockOfRule } from '../deadlines/index.ts'
import type { Policy } from '../policy/index.ts'

/** By when held money is paid; then it is free again. */
export const HOLD_CLOCK = 'payment.hold'

/** The part of a case that a decision's clocks are about. */
export function aboutDecision(id: string): string {
  return `decision:${id}`
}

/** The decision a clock is about; nothing for a clock about something else. */
export function decisionAbout(about: unknown): string | undefined {
  const mark = aboutDecision('')
  return typeof about === 'string' && about.startsWith(mark) ? about.slice(mark.length) : undefined
}

/**
 * The clock of money that was promised: the county says how many days a promise holds.
 *
 * @param policy - of the unit whose money it is, at the moment of the decision
 */
export function holdClock(policy: Policy, found: CaseRecord, decisionId: string, at: Date): NewDeadline {
  return clockOfRule(policy, {
    subject: caseStream(found.no),
    name: HOLD_CLOCK,
    about: aboutDecision(decisionId),
    unit: policy.scope,
    key: 'payment.hold_days',
    from: at,
  })
}
