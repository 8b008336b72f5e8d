import type { CaseRecord } from '../cases/index.ts'
import { caseStream } from '../cases/index.ts'
import type { NewDeadline } from '../deadlines/index.ts'
import type { Calendars, Policies, Rule } from '../policy/index.ts'
import { ackRule, ruleOf, spanOfRule, stepRule } from '../policy/index.ts'

/** What the clocks of routing need. */
export interface ClockServices {
  readonly policies: Policies
  readonly calendar: Calendars
}

export const ACK_CLOCK = 'dispatch.ack'
export const STEP_CLOCK = 'dispatch.step'
export const TRIAGE_CLOCK = 'dispatch.triage'
export const DECIDE_CLOCK = 'advance.decide'
export const QUICK_CLOCK = 'quick.total'

/** Clocks that end when somebody acknowledges. */
export const DISPATCH_CLOCKS: readonly string[] = [ACK_CLOCK, STEP_CLOCK, TRIAGE_CLOCK]

/** Who owes what a clock measures. */
export interface Owed {
  readonly unit: string
  readonly staffId: string
}

/**
 * The clocks that start when a case reaches a township: acknowledge by urgency, decide on an advance, three days in all.
 *
 * The three days run from the request, not from the routing. Sources: rules, default configuration; N18 for the three days.
 */
export async function routingClocks(
  services: ClockServices,
  record: CaseRecord,
  owed: Owed,
  at: Date,
): Promise<NewDeadline[]> {
  const policy = await services.policies.at({ scope: owed.unit, at })
  const calendar = await services.calendar.of(owed.unit)
  const clock = (name: string, rule: Rule, startedAt: Date): NewDeadline => ({
    ...owed,
    subject: caseStream(record.no),
    name,
    rule,
    startedAt,
    dueAt: calendar.addTo(startedAt, spanOfRule(rule)),
  })
  return [
    clock(ACK_CLOCK, ackRule(policy, record.urgency), at),
    clock(DECIDE_CLOCK, ruleOf(policy, 'advance.decide'), at),
    clock(QUICK_CLOCK, ruleOf(policy, 'quick.total_days'), record.receivedAt),
  ]
}

/** The clock of the triage desk: as long as an acknowledgement may take. */
export function triageClock(services: ClockServices, record: CaseRecord, owed: Owed, at: Date): Promise<NewDeadline> {
  return oneClock(services, record, owed, at, TRIAGE_CLOCK, ackRule)
}

/** The clock until the next step of the ladder. */
export function stepClock(services: ClockServices, record: CaseRecord, owed: Owed, at: Date): Promise<NewDeadline> {
  return oneClock(services, record, owed, at, STEP_CLOCK, stepRule)
}

async function oneClock(
  { policies, calendar }: ClockServices,
  record: CaseRecord,
  owed: Owed,
  startedAt: Date,
  name: string,
  ruleFor: typeof ackRule,
): Promise<NewDeadline> {
  const rule = ruleFor(await policies.at({ scope: record.unit, at: startedAt }), record.urgency)
  const dueAt = (await calendar.of(record.unit)).addTo(startedAt, spanOfRule(rule))
  return { ...owed, subject: caseStream(record.no), name, rule, startedAt, dueAt }
}
