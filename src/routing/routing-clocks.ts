import type { CaseRecord, Urgency } from '../cases/index.ts'
import { caseStream } from '../cases/index.ts'
import type { NewDeadline } from '../deadlines/index.ts'
import type { InForce, ParameterKey, Policy, Span, WorkingCalendar } from '../policy/index.ts'

/** What the clocks of routing need of the policy. */
export interface RoutingPolicy {
  readonly policyAt: (county: string, unit: string, at: Date) => Promise<Policy>
  readonly calendar: WorkingCalendar
}

/** Name of the clock that waits for an acknowledgement, and of the one between two steps of the ladder. */
export const ACK_CLOCK = 'dispatch.ack'
export const STEP_CLOCK = 'dispatch.step'
export const TRIAGE_CLOCK = 'dispatch.triage'
export const DECIDE_CLOCK = 'advance.decide'
export const QUICK_CLOCK = 'quick.total'

/** Clocks that end when somebody acknowledges. */
export const DISPATCH_CLOCKS: readonly string[] = [ACK_CLOCK, STEP_CLOCK, TRIAGE_CLOCK]

const ACK_RULE = {
  P0: { key: 'dispatch.ack_P0_min', unit: 'MIN' },
  P1: { key: 'dispatch.ack_P1_min', unit: 'MIN' },
  P2: { key: 'dispatch.ack_P2_h', unit: 'H' },
  P3: { key: 'dispatch.ack_P3_wd', unit: 'WD' },
} as const satisfies Record<Urgency, { key: ParameterKey; unit: Span['unit'] }>

const STEP_RULE = {
  P0: 'dispatch.step_P0_min',
  P1: 'dispatch.step_P1_min',
  P2: 'dispatch.step_P2_min',
  P3: 'dispatch.step_P3_min',
} as const satisfies Record<Urgency, ParameterKey>

type Owed = Pick<NewDeadline, 'subject' | 'unit' | 'staffId'>

/**
 * The clocks that start when a case reaches a township: acknowledge by urgency, decide on an advance, three days in all.
 *
 * Sources: 天津 for acknowledging (rules.md), 山东 2019 for deciding, N18 for the three days; the county's values decide.
 */
export async function routingClocks(
  { policyAt, calendar }: RoutingPolicy,
  record: CaseRecord,
  unit: string,
  staffId: string,
  at: Date,
): Promise<NewDeadline[]> {
  const policy = await policyAt(record.county, unit, at)
  const owed: Owed = { subject: caseStream(record.no), unit, staffId }
  const decide = policy.get('advance.decide')
  const quick = policy.get('quick.total_days')
  return [
    ackClock(policy, calendar, record.urgency, at, owed, ACK_CLOCK),
    clock(DECIDE_CLOCK, owed, at, calendar.addTo(at, decide.value), decide),
    clock(QUICK_CLOCK, owed, at, calendar.addTo(record.receivedAt, { n: quick.value * 24, unit: 'H' }), quick),
  ]
}

/** The clock of the triage desk: as long as an acknowledgement may take. */
export async function triageClock(
  { policyAt, calendar }: RoutingPolicy,
  record: CaseRecord,
  staffId: string,
  at: Date,
): Promise<NewDeadline> {
  const policy = await policyAt(record.county, record.county, at)
  const owed: Owed = { subject: caseStream(record.no), unit: record.county, staffId }
  return ackClock(policy, calendar, record.urgency, at, owed, TRIAGE_CLOCK)
}

/** The clock until the next step of the ladder. */
export async function stepClock(
  { policyAt, calendar }: RoutingPolicy,
  record: CaseRecord,
  owed: Owed,
  at: Date,
): Promise<NewDeadline> {
  const policy = await policyAt(record.county, record.unit, at)
  const rule = policy.get(STEP_RULE[record.urgency])
  return clock(STEP_CLOCK, owed, at, calendar.addTo(at, { n: rule.value, unit: 'MIN' }), rule)
}

function ackClock(
  policy: Policy,
  calendar: WorkingCalendar,
  urgency: Urgency,
  at: Date,
  owed: Owed,
  name: string,
): NewDeadline {
  const { key, unit } = ACK_RULE[urgency]
  const rule = policy.get(key)
  return clock(name, owed, at, calendar.addTo(at, { n: rule.value, unit }), rule)
}

function clock(name: string, owed: Owed, startedAt: Date, dueAt: Date, rule: InForce): NewDeadline {
  return {
    ...owed,
    name,
    startedAt,
    dueAt,
    rule: { key: rule.key, value: rule.value, unit: rule.unit, source: rule.source.id },
  }
}
