import { z } from 'zod'
import { languageField, patternSchema, phoneField, textField } from '../fields.ts'
import { hoursFields } from '../hours-fields.ts'

const FIELDS = {
  number: phoneField,
  name: textField(40),
  level: z.coerce
    .number('common:field.choose')
    .pipe(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], 'common:field.choose')),
  unit: textField(60),
  language: languageField,
}

/** A hotline as the API gives it. No hours: always open. */
export const hotlineSchema = z.object({ ...FIELDS, hours: z.array(patternSchema).max(14).default([]) })

/** The same as a page's form gives it. */
export const hotlineForm = z.object({ ...FIELDS, ...hoursFields })
