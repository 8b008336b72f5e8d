import { z } from 'zod'
import { RELATIONS } from './household.ts'
import { LOOK_REASONS } from './look.ts'
import { NOTE_CODES, SEALED_FIELDS, TAG_CODES } from './person.ts'

const TOO_LONG = 'people:form.tooLong'

/** Nothing about a person is ever required, so an empty field is one that was not given. */
const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, TOO_LONG)
    .optional()
    .transform((text) => (text === '' ? undefined : text))

const clearableText = (max: number) => z.string().trim().max(max, TOO_LONG).nullable().optional()

const divisionCode = z.string().regex(/^\d{6}(\d{3}){0,2}$/, 'people:form.division')
const birth = z.string().regex(/^\d{4}(-\d{2}-\d{2})?$/, 'people:form.birth')
const phones = z.array(z.string().trim().min(1).max(64, TOO_LONG)).max(10, TOO_LONG)
const tags = z.array(z.object({ code: z.enum(TAG_CODES), source: z.string().trim().min(1).max(40) })).max(20)
const notes = z.array(z.enum(NOTE_CODES)).max(10)

const bankAccount = z.object({
  account: z.string().trim().min(1, 'people:form.account').max(40, TOO_LONG),
  bank: z.string().trim().min(1, 'people:form.bank').max(60, TOO_LONG),
  holder: z
    .string()
    .trim()
    .max(60, TOO_LONG)
    .transform((holder) => holder || undefined)
    .optional(),
})

/** Somebody new, as the API takes them. */
export const newPersonSchema = z.object({
  name: optionalText(60),
  identityNumber: optionalText(64),
  phones: phones.optional(),
  bankAccount: bankAccount.optional(),
  address: optionalText(300),
  registration: optionalText(200),
  birth: birth.optional(),
  health: optionalText(4_000),
  residence: divisionCode.optional(),
  tags: tags.optional(),
  notes: notes.optional(),
})

/** A change, as the API takes it: left out stays, `null` clears. */
export const personChangesSchema = z.object({
  name: clearableText(60),
  identityNumber: clearableText(64),
  phones: phones.nullable().optional(),
  bankAccount: bankAccount.nullable().optional(),
  address: clearableText(300),
  registration: clearableText(200),
  birth: birth.nullable().optional(),
  health: clearableText(4_000),
  residence: divisionCode.nullable().optional(),
  tags: tags.optional(),
  notes: notes.optional(),
})

/** Whom somebody looks for. Sent in a body: a name or number must not stand in an address that servers write down. */
export const searchSchema = z.object({
  phone: optionalText(64),
  identityNumber: optionalText(64),
  name: optionalText(60),
})

/** Which field is to be seen, and why. */
export const revealSchema = z.object({
  field: z.enum(SEALED_FIELDS, 'people:form.field'),
  reason: z.enum(LOOK_REASONS, 'people:form.reason'),
  words: optionalText(300),
  guardianConsent: z.union([z.boolean(), z.literal('yes').transform(() => true)]).optional(),
})

/** Which household somebody joins; neither id opens a new one. */
export const joinSchema = z.object({
  householdId: optionalText(64),
  withPersonId: optionalText(64),
  relation: z.enum(RELATIONS, 'people:form.relation'),
})

/** One more number. */
export const phoneSchema = z.object({ phone: z.string().trim().min(1, 'common:field.required').max(64, TOO_LONG) })

/** A command without fields. */
export const nothingSchema = z.object({})

/** Boxes of a page: none, one or several. */
const boxes = <Codes extends readonly [string, ...string[]]>(codes: Codes) =>
  z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.enum(codes)))

/** The page's form of a person: flat names, one new phone, empty fields leave what is known. */
export const personPageSchema = z.object({
  name: optionalText(60),
  identityNumber: optionalText(64),
  phone: optionalText(64),
  residence: optionalText(100),
  residenceCode: z.union([divisionCode, z.literal('')]).optional(),
  address: optionalText(300),
  registration: optionalText(200),
  birth: z.union([birth, z.literal('')]).optional(),
  health: optionalText(4_000),
  account: optionalText(40),
  bank: optionalText(60),
  holder: optionalText(60),
  tags: boxes(TAG_CODES),
  notes: boxes(NOTE_CODES),
  clear: boxes(SEALED_FIELDS),
})

export type PersonPageForm = z.output<typeof personPageSchema>
