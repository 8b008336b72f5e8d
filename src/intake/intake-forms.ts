import { z } from 'zod'
import { URGENCIES } from '../cases/index.ts'
import { CALL_TYPES, CHANNELS, NEEDY } from './intake.ts'

/** Longest text of a request. Characters. A long call is a long story, not a book. */
const MAX_TEXT = 4_000

const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, 'intake:form.tooLong')
    .optional()
    .transform((text) => (text === '' ? undefined : text))

/** Where the emergency happened. Of code, text and point one is enough. */
const placeSchema = z
  .object({
    code: z
      .string()
      .regex(/^(\d{6}|\d{9}|\d{12})?$/, 'intake:form.placeCode')
      .optional(),
    text: z.string().trim().max(300, 'intake:form.tooLong').default(''),
    lat: z.coerce.number().min(-90).max(90).optional(),
    lng: z.coerce.number().min(-180).max(180).optional(),
    datum: z.enum(['GCJ-02', 'WGS-84', 'CGCS2000']).optional(),
  })
  .refine((place) => Boolean(place.code) || place.text !== '', { message: 'intake:form.placeMissing', path: ['text'] })

/** Somebody named in a request. Nothing of it is ever required; an identity number may be wrong, incomplete or missing. */
export const personSchema = z.object({
  name: optionalText(60),
  identityNumber: optionalText(30),
  phone: optionalText(40),
})

/**
 * A request as any door sends it. Only place, phone and one line of text are asked for; the phone may be missing when nobody has one.
 * Household registration is no field of this form.
 */
export const intakeSchema = z.object({
  channel: z.enum(CHANNELS),
  callType: z.enum(CALL_TYPES).default('HELP'),
  urgency: z.enum(URGENCIES).default('P1'),
  place: placeSchema,
  phone: optionalText(40),
  text: z.string().trim().min(1, 'intake:form.textMissing').max(MAX_TEXT, 'intake:form.tooLong'),
  needy: z.enum(NEEDY).default('unknown'),
  reporter: personSchema.optional(),
  personInNeed: personSchema.optional(),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  callSid: optionalText(64),
})

type Parsed = z.output<typeof intakeSchema>

/** A request as parsed; the call it came from may be left out where there is none. */
export type IntakeForm = Omit<Parsed, 'callSid'> & Partial<Pick<Parsed, 'callSid'>>

/** What a registered request answers. */
export const intakeAnswerSchema = z.object({
  no: z.string(),
  caseNo: z.string().optional(),
  unit: z.string().optional(),
  responsible: z.string().optional(),
  ackDueAt: z.iso.datetime().optional(),
  /** Places to choose from when the text alone did not decide. */
  candidates: z.array(z.object({ code: z.string(), name: z.string(), path: z.string() })).optional(),
})
