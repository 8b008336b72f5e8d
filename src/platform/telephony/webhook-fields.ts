import { z } from 'zod'
import { WITHHELD, toDialable } from './dialable.ts'

/** Only the first of a repeated field counts. */
function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value
}

/** A field that may be missing or empty. */
export const optionalText = z
  .preprocess(first, z.string().max(10_000).optional())
  .transform((text) => (text === '' ? undefined : text))

/** A whole number that may be missing; anything else counts as missing. */
export const optionalCount = z.preprocess(
  (value) => (/^\d{1,9}$/.test(String(first(value))) ? Number(first(value)) : undefined),
  z.number().optional(),
)

/** A number in the one spelling; what cannot be dialled counts as withheld, so that no caller is refused for it. */
export const partyField = z
  .preprocess(first, z.string().max(140).default(''))
  .transform((spelling) => toDialable(spelling) ?? WITHHELD)

/** Id of a call, text or recording: two letters and 32 hex digits. */
export function sidField(prefix: string) {
  return z.preprocess(first, z.string().regex(new RegExp(`^${prefix}[0-9a-f]{32}$`)))
}

/** An id that may be missing; a malformed one counts as missing. */
export function optionalSid(prefix: string) {
  return sidField(prefix).optional().catch(undefined)
}

/** A moment as Twilio writes it (RFC 2822); anything else counts as missing. */
export const optionalMoment = z.preprocess((value) => {
  const moment = new Date(String(first(value)))
  return Number.isNaN(moment.getTime()) ? undefined : moment
}, z.date().optional())

/** Leaves out what is missing, so that an absent field is an absent property. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>
}

/** The same fields, where those that may be undefined may be absent instead. */
export type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}
