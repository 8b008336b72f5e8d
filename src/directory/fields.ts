import { z } from 'zod'
import { parsePhone } from '../shared/phone.ts'
import { momentOf } from '../shared/china-day.ts'
import { minutesOf } from './weekly-pattern.ts'

/** A text that must be there. @param max - characters */
export const textField = (max: number) =>
  z.string('common:field.required').trim().min(1, 'common:field.required').max(max, 'common:field.tooLong')

/** A text that may be left out; empty is the same as left out. @param max - characters */
export const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, 'common:field.tooLong')
    .transform((text) => (text === '' ? undefined : text))
    .optional()

/** A secret: taken as it is, spaces included. Never shown again. */
export const secretField = z
  .string('common:field.required')
  .min(1, 'common:field.required')
  .max(256, 'common:field.tooLong')

/** A number that can be dialled, in E.164 or as a short code; empty is the same as left out. */
export const optionalPhone = optionalText(40).transform((text, context) =>
  text === undefined ? undefined : dialled(text, context),
)

/** A number that can be dialled and must be there. */
export const phoneField = textField(40).transform(dialled)

function dialled(text: string, context: z.core.$RefinementCtx): string {
  const phone = parsePhone(text)
  if (phone && phone.warning !== 'wrong_length' && phone.warning !== 'no_area_code') return phone.number
  context.addIssue({ code: 'custom', message: 'common:field.phone' })
  return z.NEVER
}

/** A day, `YYYY-MM-DD`: the moment it begins in China. */
export const dayField = z
  .string('common:field.day')
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'common:field.day')
  .transform((day) => momentOf(day))

/** A day that may be left out. */
export const optionalDay = z.preprocess((value) => (value === '' ? undefined : value), dayField.optional())

/** A moment as a page's field sends it (`2026-11-29T10:30`, China's time) or as the API does (RFC 3339). */
export const momentField = z.string('common:field.moment').transform((text, context) => {
  const local = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)
  const at = new Date(local ? `${text}+08:00` : text)
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(at.getTime())) return at
  context.addIssue({ code: 'custom', message: 'common:field.moment' })
  return z.NEVER
})

/** A moment that may be left out. */
export const optionalMoment = z.preprocess((value) => (value === '' ? undefined : value), momentField.optional())

/** A time of day, `HH:MM`, up to 24:00. */
export const timeField = z
  .string('directory:errors.time_form')
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'directory:errors.time_form')

/** Days of the week, 1 to 7; one checkbox sends a text, several a list. */
export const daysField = z.preprocess(
  (value): unknown[] => (value === undefined || value === '' ? [] : [value].flat()),
  z
    .array(z.coerce.number().int().min(1).max(7))
    .max(7)
    .transform((days) => [...new Set(days)].sort()),
)

/** A weekly pattern as the API gives and takes it. */
export const patternSchema = z
  .object({ days: daysField.pipe(z.array(z.number()).min(1, 'common:field.choose')), from: timeField, to: timeField })
  .refine(({ from, to }) => minutesOf(from) !== minutesOf(to), 'directory:errors.time_same')

/** Which language somebody reads. */
export const languageField = z.enum(['zh-CN', 'en'], 'common:field.choose')

/** A version that a page remembered. */
export const nothing = z.object({})
