import { z } from 'zod'
import type { Fen } from '../shared/fen.ts'
import { MAX_AMOUNT_FEN } from '../shared/fen.ts'

/** A sum as the API sends it: whole fen, more than nothing. */
export const fenField = z
  .int('ledger:form.amountWrong')
  .min(1, 'ledger:form.amountWrong')
  .max(MAX_AMOUNT_FEN, 'ledger:form.amountWrong')
  .transform((amount) => amount as Fen)

/** A sum as people type it: `350`, `350.5`, `1,234.50`, also with full-width signs. At most two decimals. */
export const yuanField = z
  .string('ledger:form.amountMissing')
  .transform((text) => text.normalize('NFKC').replace(/[\s,¥]/g, ''))
  .pipe(
    z
      .string()
      .min(1, 'ledger:form.amountMissing')
      .regex(/^\d{1,10}(\.\d{1,2})?$/, 'ledger:form.amountWrong'),
  )
  .transform((text) => {
    const [yuan = '0', fraction = ''] = text.split('.')
    return Number(yuan) * 100 + Number(fraction.padEnd(2, '0'))
  })
  .pipe(fenField)

const wholeFen = z
  .int('ledger:form.amountWrong')
  .min(0, 'ledger:form.amountWrong')
  .max(MAX_AMOUNT_FEN, 'ledger:form.amountWrong')

const accountField = z.enum(['bank', 'cash'], 'ledger:form.accountMissing')

/** A reason is a code; sentences stay in the case. */
const reasonCode = z.string().regex(/^[\w.-]{1,60}$/, 'ledger:form.reasonWrong')

/** What the API may say of any movement besides its sum. */
const originFields = {
  effectiveOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'ledger:form.dayWrong')
    .optional(),
  reason: reasonCode.optional(),
  evidence: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, 'ledger:form.digestWrong'))
    .max(50)
    .optional(),
}

/** One sum. */
export const sumSchema = z.object({ amountFen: fenField, ...originFields })

/** Goods bought, from the bank or the till. */
export const purchaseSchema = sumSchema.extend({ from: accountField })

/** Money between a township and its village. */
export const subfundSchema = sumSchema.extend({ from: accountField, into: accountField })

/** A new fund. */
export const openFundSchema = z.object({
  fundId: z.string().max(60),
  name: z.string().trim().min(1).max(40),
  floatFen: wholeFen.transform((amount) => amount as Fen).default(0 as Fen),
  lowWaterPercent: z.int().min(0).max(100).default(30),
})

/** Why a fund is frozen or thawed. */
export const freezeSchema = z.object({ reason: reasonCode })

/** A refund: what was proposed and seen, or claims line by line. */
export const replenishSchema = z
  .object({
    expectedFen: wholeFen.optional(),
    lines: z
      .array(
        z.object({
          caseNo: z.string().max(60),
          type: z.string().max(32),
          amountFen: fenField,
          into: z.enum(['bank', 'cash', 'inkind']).default('bank'),
        }),
      )
      .min(1)
      .max(500)
      .optional(),
    ...originFields,
  })
  .refine(({ expectedFen, lines }) => (expectedFen === undefined) !== (lines === undefined), {
    message: 'ledger:form.refundUnclear',
    path: ['expectedFen'],
  })

/** The page's button: the total the person saw. */
export const refundFormSchema = z.object({ expectedFen: z.coerce.number().int().min(0) })

/** The page's form of a movement. */
export const moveFormSchema = z.object({ amount: yuanField, from: accountField.default('bank') })

/** A page of movements. */
export const entryListSchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
})
