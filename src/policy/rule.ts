import type { ParameterKey, ParameterUnit, ParameterValue } from './parameters/index.ts'
import type { Policy } from './policy.ts'
import type { Source } from './source.ts'
import type { Span, SpanUnit } from './span.ts'

/** A time limit as it was in force when its clock started, kept with the clock. */
export interface Rule {
  readonly key: ParameterKey
  readonly span: Span
  readonly scope: string
  readonly validFrom: string
  readonly source: Source
}

/** Parameters that say how long something may take. */
export type TimedKey = {
  [Key in ParameterKey]: ParameterValue<Key> extends number | Span ? Key : never
}[ParameterKey]

/** How much of which span one unit of a parameter is. */
const SPAN_OF_UNIT: Partial<Record<ParameterUnit, readonly [factor: number, unit: SpanUnit]>> = {
  min: [1, 'MIN'],
  h: [1, 'H'],
  days_24h: [24, 'H'],
  cd: [1, 'CD'],
  wd: [1, 'WD'],
}

/**
 * The time limit a parameter sets, with its source: what `startDeadline` asks for.
 *
 * @throws RangeError for a parameter that is no time; DomainError `policy.missing`
 */
export function ruleOf(policy: Policy, key: TimedKey): Rule {
  const { value, unit, scope, validFrom, source } = policy.get(key)
  return { key, span: spanOf(key, value, unit), scope, validFrom, source }
}

export type Urgency = 'P0' | 'P1' | 'P2' | 'P3'

const ACK_KEYS = {
  P0: 'dispatch.ack_P0_min',
  P1: 'dispatch.ack_P1_min',
  P2: 'dispatch.ack_P2_h',
  P3: 'dispatch.ack_P3_wd',
} as const

const STEP_KEYS = {
  P0: 'dispatch.step_P0_min',
  P1: 'dispatch.step_P1_min',
  P2: 'dispatch.step_P2_min',
  P3: 'dispatch.step_P3_min',
} as const

const CONVENE_KEYS = {
  P0: 'conference.convene_P0P1_h',
  P1: 'conference.convene_P0P1_h',
  P2: 'conference.convene_other_wd',
  P3: 'conference.convene_other_wd',
} as const

/** How long the officer on duty has to take a case. */
export function ackRule(policy: Policy, urgency: Urgency): Rule {
  return ruleOf(policy, ACK_KEYS[urgency])
}

/** How long the next in the escalation has. */
export function stepRule(policy: Policy, urgency: Urgency): Rule {
  return ruleOf(policy, STEP_KEYS[urgency])
}

/** How long until a conference must have met. */
export function conveneRule(policy: Policy, urgency: Urgency): Rule {
  return ruleOf(policy, CONVENE_KEYS[urgency])
}

function spanOf(key: string, value: number | Span, unit: ParameterUnit): Span {
  if (typeof value !== 'number') return value
  const [factor, spanUnit] = SPAN_OF_UNIT[unit] ?? []
  if (factor === undefined || spanUnit === undefined) throw new RangeError(`${key} is no time`)
  return { n: value * factor, unit: spanUnit }
}
