import { z } from 'zod'
import { PARAMETER_KEYS } from './parameters/index.ts'

/** Township, county or department of a county. */
const unitField = z.string().regex(/^\d{6}(\d{3}|\d{6}|-[a-z_]+)?$/)

/** Which parameters are asked for. */
export const questionSchema = z.object({
  /** The county when left out. */
  unit: unitField.optional(),
  /** A day in China; today when left out. */
  at: z.iso.date().optional(),
})

/** The first values of a county or township, all by one document. */
export const firstValuesSchema = z.object({
  /** County (6 digits) or township (9 digits). */
  scope: z.string().regex(/^\d{6}(\d{3})?$/),
  values: z
    .array(z.object({ key: z.enum(PARAMETER_KEYS), value: z.unknown(), validFrom: z.iso.date() }))
    .min(1)
    .max(200),
  source: z.object({
    id: z.string().min(1).max(40),
    title: z.string().min(1).max(200),
    /** Document number: without one nobody can check where a sum comes from. */
    number: z.string().min(1).max(100),
    date: z.iso.date(),
    href: z.url().optional(),
  }),
})
