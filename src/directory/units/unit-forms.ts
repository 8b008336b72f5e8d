import { z } from 'zod'
import { defined } from '../defined.ts'
import { optionalMoment, optionalPhone, optionalText, textField } from '../fields.ts'
import { UNIT_KINDS } from './unit.ts'

const NAMES = { name: textField(80), shortName: textField(20), parent: optionalText(60), phone: optionalPhone }

/** A new unit, from the API or the page. */
export const newUnitSchema = z
  .object({ id: textField(60), kind: z.enum(UNIT_KINDS, 'common:field.choose'), validFrom: optionalMoment, ...NAMES })
  .transform(defined)

/** What is changed of a unit. What is left out is taken away. */
export const editUnitSchema = z.object(NAMES).transform(defined)

/** Which units a list shows. */
export const unitListSchema = z.object({
  kind: z.enum(UNIT_KINDS).optional(),
  /** `all` also gives those that ended. */
  state: z.enum(['open', 'all']).default('open'),
})
