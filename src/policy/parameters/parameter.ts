import { z } from 'zod'
import type { ZodType } from 'zod'
import { MAX_AMOUNT_FEN } from '../../shared/fen.ts'
import type { SourceId } from '../source.ts'
import type { Span } from '../span.ts'
import { SPAN_UNITS } from '../span.ts'

/**
 * What a value counts. `days_24h` are days of 24 hours each, running on from the minute; `cd` and `wd` end at 24:00.
 */
export type ParameterUnit =
  | 's'
  | 'min'
  | 'h'
  | 'days_24h'
  | 'cd'
  | 'wd'
  | 'months'
  | 'years'
  | 'times'
  | 'mb'
  | 'span'
  | 'fen'
  | 'cap'
  | 'rate'
  | 'flag'
  | 'choice'
  | 'choices'
  | 'min_list'

/** How a wider scope binds narrower ones: to this very value, to nothing above it, or to nothing below it. */
export type Lock = 'FIXED' | 'AT_MOST' | 'AT_LEAST'

/** An amount, or so many months of the local base standard. */
export type Cap = { readonly fen: number } | { readonly months: number }

/** One entry of the catalogue: what a county can set, and what holds where it did not. Words: `policy:parameters.<key>`. */
export interface Parameter<Value> {
  readonly unit: ParameterUnit
  readonly schema: ZodType<Value>
  /** National default. Left out where the county must say it itself. */
  readonly default?: Value
  readonly source: SourceId
  /** How the national default binds the county. */
  readonly lock?: Lock
  /** A county without it cannot go live. Source: rules, "No silent defaults for money". */
  readonly isRequired?: true
}

type Options<Value> = Omit<Parameter<Value>, 'unit' | 'schema'>

/** Whole number of something, 0 to 100,000. */
export function count(
  unit: Extract<ParameterUnit, 's' | 'min' | 'h' | 'days_24h' | 'cd' | 'wd' | 'months' | 'years' | 'times' | 'mb'>,
  options: Options<number>,
): Parameter<number> {
  return { unit, schema: z.int().min(0).max(100_000), ...options }
}

/** A time with its unit chosen by the county. */
export function span(options: Options<Span>): Parameter<Span> {
  return { unit: 'span', schema: z.object({ n: z.int().min(1).max(1_000), unit: z.enum(SPAN_UNITS) }), ...options }
}

const fenSchema = z.int().min(0).max(MAX_AMOUNT_FEN)

/** Whole fen. */
export function money(options: Options<number>): Parameter<number> {
  return { unit: 'fen', schema: fenSchema, ...options }
}

/** A limit, in fen or in months of the base standard. */
export function cap(options: Options<Cap>): Parameter<Cap> {
  const schema = z.union([z.strictObject({ fen: fenSchema }), z.strictObject({ months: z.int().min(1).max(24) })])
  return { unit: 'cap', schema, ...options }
}

/** A share between 0 and 1. */
export function rate(options: Options<number>): Parameter<number> {
  return { unit: 'rate', schema: z.number().min(0).max(1), ...options }
}

/** On or off. */
export function flag(options: Options<boolean>): Parameter<boolean> {
  return { unit: 'flag', schema: z.boolean(), ...options }
}

/** One of a few words. */
export function choice<const Choice extends string>(
  choices: readonly Choice[],
  options: Options<NoInfer<Choice>>,
): Parameter<Choice> {
  return { unit: 'choice', schema: z.enum(choices), ...options }
}

/** Some of a few words. */
export function choices<const Choice extends string>(
  all: readonly Choice[],
  options: Options<readonly NoInfer<Choice>[]>,
): Parameter<readonly Choice[]> {
  return { unit: 'choices', schema: z.array(z.enum(all)).readonly(), ...options }
}

/** Minutes, one after the other. */
export function minuteList(options: Options<readonly number[]>): Parameter<readonly number[]> {
  return { unit: 'min_list', schema: z.array(z.int().min(1).max(1_440)).min(1).max(20).readonly(), ...options }
}
