import { z } from 'zod'
import { defined } from '../defined.ts'
import { optionalPhone, optionalText, patternSchema, textField } from '../fields.ts'
import { hoursFields } from '../hours-fields.ts'

const FIELDS = {
  unit: textField(60),
  name: textField(40),
  place: textField(120),
  holderId: optionalText(60),
  phone: optionalPhone,
}

/** A window as the API gives it. */
export const windowSchema = z
  .object({ ...FIELDS, hours: z.array(patternSchema).min(1, 'directory:errors.hours_missing').max(14) })
  .transform(defined)

/** The same as a page's form gives it. */
export const windowForm = z.object({ ...FIELDS, ...hoursFields })
