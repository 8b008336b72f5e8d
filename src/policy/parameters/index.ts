import type { ZodType } from 'zod'
import { AID_PARAMETERS } from './aid.ts'
import { DISPATCH_PARAMETERS } from './dispatch.ts'
import { HOTLINE_PARAMETERS } from './hotline.ts'
import { MONEY_PARAMETERS } from './money.ts'
import { ORDER_PARAMETERS } from './order.ts'
import type { Parameter } from './parameter.ts'

export type { Cap, Lock, Parameter, ParameterUnit } from './parameter.ts'

/**
 * The chapters of the catalogue, in the order in which people read them. Words: `policy:chapters.<chapter>`.
 *
 * Source: rules, "Recommended default configuration".
 */
export const CHAPTERS = {
  hotline: HOTLINE_PARAMETERS,
  dispatch: DISPATCH_PARAMETERS,
  aid: AID_PARAMETERS,
  money: MONEY_PARAMETERS,
  order: ORDER_PARAMETERS,
} as const

export type Chapter = keyof typeof CHAPTERS

/** Everything a county can set. */
export const PARAMETERS = {
  ...HOTLINE_PARAMETERS,
  ...DISPATCH_PARAMETERS,
  ...AID_PARAMETERS,
  ...MONEY_PARAMETERS,
  ...ORDER_PARAMETERS,
} as const

export type ParameterKey = keyof typeof PARAMETERS

/** What a parameter's value looks like. */
export type ParameterValue<Key extends ParameterKey> =
  (typeof PARAMETERS)[Key]['schema'] extends ZodType<infer Value> ? Value : never

/** The catalogue's keys, in reading order. */
export const PARAMETER_KEYS = Object.keys(PARAMETERS) as readonly ParameterKey[]

/** The catalogue's entry of a key. */
export function parameterOf(key: ParameterKey): Parameter<unknown> {
  return PARAMETERS[key]
}

/** Whether a text names a parameter. */
export function isParameterKey(text: string): text is ParameterKey {
  return Object.hasOwn(PARAMETERS, text)
}
