import { z } from 'zod'
import type { GoodsLine } from '../ledger/index.ts'
import { readLotSub } from '../ledger/index.ts'

/** Fields of a form that asks for quantities, one per lot: `lot:quilt@8000`. */
export const LOT_FIELD = 'lot:'

const QUANTITY = /^[1-9]\d{0,5}$/

const LOT = /^[\p{L}\p{N}_.-]{1,40}@[1-9]\d{0,11}$/u

/** The goods handed over, as the cashier's form says them; nothing when no quantity was filled in. */
export const handedForm = z.record(z.string(), z.unknown()).transform((typed, context) => {
  const filled = Object.entries(typed).flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value.normalize('NFKC').trim() : ''
    return name.startsWith(LOT_FIELD) && text !== '' ? [[name.slice(LOT_FIELD.length), text] as const] : []
  })
  for (const [sub, text] of filled)
    if (!QUANTITY.test(text) || !LOT.test(sub))
      context.addIssue({ code: 'custom', path: [`${LOT_FIELD}${sub}`], message: 'aid:form.quantityWrong' })
  return filled.map(([sub, text]): GoodsLine => ({ ...readLotSub(sub), quantity: Number(text) }))
})

/** The same as the API sends it. */
export const handedSchema = z
  .object({
    goods: z
      .array(
        z.object({
          item: z.string().regex(/^[\p{L}\p{N}_.-]{1,40}$/u, 'aid:form.quantityWrong'),
          quantity: z.int('aid:form.quantityWrong').min(1, 'aid:form.quantityWrong').max(1_000_000),
          unitFen: z
            .int('aid:form.amountWrong')
            .min(1, 'aid:form.amountWrong')
            .transform((amount) => amount as GoodsLine['unitFen']),
        }),
      )
      .min(1)
      .max(100)
      .optional(),
  })
  .optional()
