import { z } from 'zod'
import { isSpokenNo } from '../../shared/ids.ts'
import { parsePhone } from '../../shared/phone.ts'
import type { IntakeForm } from '../intake-forms.ts'

const short = z.string().trim().max(300, 'intake:form.tooLong')

/** What anybody may send without an account: where, a phone, one line. Nothing else is asked for; who somebody is least of all. */
export const publicRequestSchema = z
  .object({
    place: short.min(1, 'intake:form.placeMissing'),
    township: z
      .string()
      .regex(/^(\d{9})?$/, 'intake:form.placeCode')
      .default(''),
    phone: short.refine((text) => parsePhone(text) !== undefined, 'intake:public.phoneMissing'),
    text: z.string().trim().min(1, 'intake:form.textMissing').max(1_000, 'intake:form.tooLong'),
    tonight: z.string().optional(),
    needy: z.enum(['self', 'other']).default('self'),
  })
  .transform(({ place, township, phone, text, tonight, needy }): IntakeForm => ({
    channel: 'public',
    callType: 'HELP',
    urgency: tonight === undefined ? 'P2' : 'P1',
    place: { text: place, ...(township ? { code: township } : {}) },
    phone,
    text,
    needy,
    tags: [],
    ...(needy === 'other' ? { reporter: { name: undefined, identityNumber: undefined, phone } } : {}),
  }))

const digits = (text: string): string => text.normalize('NFKC').replaceAll(/\D/g, '')

/** The number somebody was given, and the end of the phone it was given with. Spaces, dashes and full-width digits do not matter. */
export const progressSchema = z.object({
  no: z.string().max(40).transform(digits).refine(isSpokenNo, 'intake:public.noWrong'),
  suffix: z
    .string()
    .max(40)
    .transform(digits)
    .refine((text) => text.length === 4, 'intake:public.suffixWrong'),
})
