import type { CaseRecord } from '../../cases/index.ts'
import { caseStream } from '../../cases/index.ts'
import type { NewDeadline } from '../../deadlines/index.ts'
import { ruleOf, spanOfRule } from '../../policy/index.ts'
import type { ClockServices } from '../routing-clocks.ts'
import { DECIDE_CLOCK, QUICK_CLOCK } from '../routing-clocks.ts'

/** Until when another unit must say whether it takes a case. */
export const ANSWER_CLOCK = 'transfer.return'

/** Until when the county must say who has it. */
export const RULE_CLOCK = 'transfer.county_rule'

/** Clocks of a case that go along with it, their due times unchanged. Papers of money already paid stay with whoever paid. */
export const CASE_CLOCKS: readonly string[] = [DECIDE_CLOCK, QUICK_CLOCK]

interface Asked {
  readonly unit: string
  readonly staffId: string | undefined
}

/** The other unit's clock. Source: transfer.return_wd, two working days. */
export function answerClock(services: ClockServices, found: CaseRecord, asked: Asked, at: Date): Promise<NewDeadline> {
  return clockOf(services, found, asked, at, ANSWER_CLOCK, 'transfer.return_wd')
}

/** The county's clock after the second refusal. Source: transfer.county_rule_min. */
export function ruleClock(services: ClockServices, found: CaseRecord, asked: Asked, at: Date): Promise<NewDeadline> {
  return clockOf(services, found, asked, at, RULE_CLOCK, 'transfer.county_rule_min')
}

async function clockOf(
  { policies, calendar }: ClockServices,
  found: CaseRecord,
  { unit, staffId }: Asked,
  startedAt: Date,
  name: string,
  key: 'transfer.return_wd' | 'transfer.county_rule_min',
): Promise<NewDeadline> {
  const rule = ruleOf(await policies.at({ scope: found.unit, at: startedAt }), key)
  const dueAt = (await calendar.of(found.county)).addTo(startedAt, spanOfRule(rule))
  const person = staffId === undefined ? {} : { staffId }
  return { unit, ...person, subject: caseStream(found.no), name, rule, startedAt, dueAt }
}

/** The nearest of a case's clocks, with one more. */
export function earlier(nearest: Date | undefined, dueAt: Date): Date {
  return nearest !== undefined && nearest < dueAt ? nearest : dueAt
}
