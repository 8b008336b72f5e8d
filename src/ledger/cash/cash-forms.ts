import { z } from 'zod'
import { MAX_AMOUNT_FEN } from '../../shared/fen.ts'
import { yuanField } from '../ledger-forms.ts'
import type { Pieces } from './cash-count.ts'
import { DENOMINATIONS_FEN } from './cash-count.ts'

const piecesField = z.int('ledger:cash.form.piecesWrong').min(0, 'ledger:cash.form.piecesWrong').max(100_000)

/** A count as the API sends it. */
export const countSchema = z.object({
  countedFen: z
    .int('ledger:form.amountWrong')
    .min(0, 'ledger:form.amountWrong')
    .max(MAX_AMOUNT_FEN, 'ledger:form.amountWrong')
    .optional(),
  pieces: z
    .array(z.object({ valueFen: z.literal(DENOMINATIONS_FEN), count: piecesField }))
    .max(DENOMINATIONS_FEN.length)
    .optional(),
})

const typedPieces = z
  .string()
  .trim()
  .regex(/^\d{0,5}$/, 'ledger:cash.form.piecesWrong')
  .default('')

/** Nothing in the till is a count, too. */
const typedSum = z
  .string()
  .trim()
  .optional()
  .transform((text = '', context): number | undefined => {
    if (text === '') return undefined
    if (/^0+([.]0{1,2})?$/.test(text)) return 0
    const read = yuanField.safeParse(text)
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: read.error.issues[0]?.message ?? 'ledger:form.amountWrong' })
    return z.NEVER
  })

/** The page's form: a sum, or how many of each note and coin. */
export const countFormSchema = z
  .object({
    amount: typedSum,
    ...Object.fromEntries(DENOMINATIONS_FEN.map((valueFen) => [`p${valueFen}`, typedPieces])),
  })
  .transform((typed) => ({ countedFen: typed.amount, pieces: piecesIn(typed) }))
  .refine(({ countedFen, pieces }) => countedFen !== undefined || pieces.length > 0, {
    message: 'ledger:cash.form.sumMissing',
    path: ['amount'],
  })

function piecesIn(typed: Readonly<Record<string, unknown>>): Pieces[] {
  return DENOMINATIONS_FEN.flatMap((valueFen) => {
    const count = Number(typed[`p${valueFen}`] ?? 0)
    return count > 0 ? [{ valueFen, count }] : []
  })
}
