import type { ParameterKey, ParameterValue } from './parameters/index.ts'
import type { Policy } from './policy.ts'
import type { Span, SpanUnit } from './span.ts'

/** The parameter behind a clock or a decision as it was in force then, kept with it. Plain JSON. */
export interface Rule {
  readonly key: string
  readonly value: unknown
  /** Unit of the catalogue: `min`, `h`, `wd`, `span` … */
  readonly unit: string
  /** Id of the source document. */
  readonly source: string
  readonly sourceTitle?: string
  /** The scope that set it. */
  readonly scope?: string
  readonly validFrom?: string
}

/** Parameters that can say how long something may take. */
export type TimedKey = {
  [Key in ParameterKey]: ParameterValue<Key> extends number | Span ? Key : never
}[ParameterKey]

/** How much of which span one unit of a parameter is. */
const SPAN_OF_UNIT: Readonly<Record<string, readonly [factor: number, unit: SpanUnit]>> = {
  min: [1, 'MIN'],
  h: [1, 'H'],
  days_24h: [24, 'H'],
  cd: [1, 'CD'],
  wd: [1, 'WD'],
}

/** A parameter in the form that clocks and decisions keep. @throws DomainError `policy.missing` */
export function ruleOf(policy: Policy, key: ParameterKey): Rule {
  const { value, unit, source, scope, validFrom } = policy.get(key)
  return { key, value, unit, source: source.id, sourceTitle: source.title, scope, validFrom }
}

/** How long a rule gives. @throws RangeError for a rule that is no time */
export function spanOfRule({ key, value, unit }: Pick<Rule, 'key' | 'value' | 'unit'>): Span {
  if (unit === 'span') return value as Span
  const [factor, spanUnit] = SPAN_OF_UNIT[unit] ?? []
  if (typeof value !== 'number' || factor === undefined || spanUnit === undefined)
    throw new RangeError(`${key} is no time`)
  return { n: value * factor, unit: spanUnit }
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
