import { z } from 'zod'
import { REFUSAL_REASONS, TRANSFER_REASONS } from './transfer.ts'

const note = z.string().trim().max(500, 'routing:form.tooLong').optional()

const optionalId = z
  .string()
  .trim()
  .max(64)
  .transform((id) => id || undefined)
  .optional()

/** Offering a case to another unit. */
export const offerSchema = z.object({
  toUnit: z.string().regex(/^(\d{6}|\d{9})$/, 'routing:form.unitMissing'),
  reason: z.enum(TRANSFER_REASONS, 'routing:form.reasonMissing'),
  note,
  spokenWith: optionalId,
})

/** Not taking it. */
export const refusalSchema = z.object({ reason: z.enum(REFUSAL_REASONS, 'routing:form.reasonMissing'), note })

/** The county's word. */
export const rulingSchema = z.object({ unit: z.string().regex(/^(\d{6}|\d{9})$/, 'routing:form.unitMissing') })
