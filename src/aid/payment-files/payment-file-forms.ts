import { z } from 'zod'
import { fileField } from '../../platform/http/index.ts'
import { MAX_ORDERS, WITHDRAW_REASONS } from './payment-file.ts'

/** The orders of a new file; one field of a page's form may be a single text. */
export const makeFileSchema = z.object({
  orderIds: z.preprocess(
    (value): unknown => (typeof value === 'string' ? [value] : value),
    z
      .array(z.string().max(80), 'aid:paymentFile.form.ordersMissing')
      .min(1, 'aid:paymentFile.form.ordersMissing')
      .max(MAX_ORDERS, 'aid:paymentFile.form.tooMany'),
  ),
})

/** The bank's answer. */
export const answerSchema = z.object({ file: fileField('aid:paymentFile.form.fileMissing') })

/** Why a file is taken back. */
export const withdrawSchema = z.object({
  reason: z.enum(WITHDRAW_REASONS, 'aid:paymentFile.form.reasonMissing'),
})
