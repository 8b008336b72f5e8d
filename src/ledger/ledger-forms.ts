import { z } from 'zod'
import type { Fen } from '../shared/fen.ts'
import { MAX_AMOUNT_FEN } from '../shared/fen.ts'
import { DEBTORS } from './debt.ts'
import type { GoodsLine } from './goods.ts'
import { valueFenOf } from './goods.ts'

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
const reasonCode = z.string('ledger:form.reasonMissing').regex(/^[\w.-]{1,60}$/, 'ledger:form.reasonWrong')

/** What the API may say of any movement besides its sum. */
const originFields = {
  effectiveOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'ledger:form.dayWrong')
    .optional(),
  reason: reasonCode.optional(),
  /** The month of that day, said on purpose when it is closed. */
  lateFor: z
    .string()
    .regex(/^\d{4}-\d{2}$/, 'ledger:form.monthWrong')
    .optional(),
  evidence: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, 'ledger:form.digestWrong'))
    .max(50)
    .optional(),
}

/** A case's number, or that of a count: a code without spaces. */
export const referenceField = z
  .string('ledger:form.referenceMissing')
  .regex(/^[\w.:/@-]{1,60}$/, 'ledger:form.referenceWrong')

/** A type of aid as the policy names it. */
export const typeField = z.string('ledger:form.typeMissing').regex(/^[\p{L}\p{N}_.-]{1,32}$/u, 'ledger:form.typeWrong')

const debtorField = z.enum(DEBTORS, 'ledger:form.debtorMissing')

/** Goods of one kind at one price. */
const goodsLine = z.object({
  item: z.string('ledger:form.itemWrong').regex(/^[\p{L}\p{N}_.-]{1,40}$/u, 'ledger:form.itemWrong'),
  quantity: z
    .int('ledger:form.quantityWrong')
    .min(1, 'ledger:form.quantityWrong')
    .max(1_000_000, 'ledger:form.quantityWrong'),
  unitFen: fenField,
})

const goodsField = z
  .array(goodsLine, 'ledger:form.goodsUnclear')
  .min(1, 'ledger:form.goodsUnclear')
  .max(100, 'ledger:form.goodsUnclear')
  .optional()

/** One sum. */
export const sumSchema = z.object({ amountFen: fenField, ...originFields })

/** Goods at their value, or named one by one. */
export const goodsSchema = z
  .object({ amountFen: fenField.optional(), goods: goodsField, ...originFields })
  .refine(hasValue, { message: 'ledger:form.goodsUnclear', path: ['amountFen'] })

/** Goods bought, from the bank or the till. */
export const purchaseSchema = z
  .object({ amountFen: fenField.optional(), goods: goodsField, from: accountField, ...originFields })
  .refine(hasValue, { message: 'ledger:form.goodsUnclear', path: ['amountFen'] })

/** A count that does not agree with the book. */
export const countDifferenceSchema = z
  .object({
    amountFen: fenField.optional(),
    goods: goodsField,
    account: z.enum(['bank', 'cash', 'inkind'], 'ledger:form.accountMissing'),
    ...originFields,
  })
  .refine(hasValue, { message: 'ledger:form.goodsUnclear', path: ['amountFen'] })

/** An advance confirmed without papers: the reason is not left out. */
export const confirmationSchema = sumSchema.extend({ caseNo: referenceField, type: typeField, reason: reasonCode })

/** What somebody owes back out of an advance. */
export const refusalSchema = sumSchema.extend({ caseNo: referenceField, debtor: debtorField })

/** The same out of what was confirmed, or is an expense already. */
export const recoverySchema = refusalSchema.extend({ type: typeField })

/** A debt: of a case or a count, by its debtor. */
export const debtSchema = sumSchema.extend({ of: referenceField, debtor: debtorField })

/** The same, paid into a village's till or an account. */
export const takeOverSchema = debtSchema.extend({ into: accountField.default('bank') })

/** What a keeper has to make good. */
export const chargeSchema = sumSchema.extend({ of: referenceField })

/** Claims settled without anything coming back. */
export const settleSchema = z.object({
  lines: z
    .array(z.object({ caseNo: referenceField, type: typeField, amountFen: fenField }), 'ledger:form.linesMissing')
    .min(1, 'ledger:form.linesMissing')
    .max(500, 'ledger:form.linesMissing'),
  ...originFields,
})

/** An entry to be undone needs a reason. */
export const reversalSchema = z.object({ ...originFields, reason: reasonCode })

/** A payment that the bank sent back. */
export const returnedSchema = z.object(originFields)

/** Donated money paid out for a case. */
export const donationUseSchema = sumSchema.extend({ caseNo: referenceField })

/** What was seen is agreed to. */
export const approvalSchema = z.object({
  digest: z.string('ledger:form.digestMissing').regex(/^[0-9a-f]{64}$/, 'ledger:form.digestMissing'),
})

/** Why a proposal is refused. */
export const refusalReasonSchema = z.object({ reason: reasonCode })

/** What is booked: the sum, or what the goods are worth; when both are given they are compared later. */
export function valueOf({
  amountFen,
  goods,
}: {
  readonly amountFen?: Fen | undefined
  readonly goods?: readonly GoodsLine[] | undefined
}): Fen {
  return amountFen ?? (valueFenOf(goods ?? []) as Fen)
}

function hasValue({ amountFen, goods }: { amountFen?: number | undefined; goods?: unknown }): boolean {
  return amountFen !== undefined || goods !== undefined
}

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

/** A refund to be proposed: all that may be refunded, what was seen, or claims line by line. */
export const replenishSchema = z
  .object({
    expectedFen: wholeFen.optional(),
    lines: z
      .array(
        z.object({
          caseNo: referenceField,
          type: typeField,
          amountFen: fenField,
          into: z.enum(['bank', 'cash', 'inkind']).default('bank'),
          goods: goodsField,
        }),
      )
      .min(1)
      .max(500)
      .optional(),
    ...originFields,
  })
  .refine(({ expectedFen, lines }) => expectedFen === undefined || lines === undefined, {
    message: 'ledger:form.refundUnclear',
    path: ['expectedFen'],
  })

/** The page's button: the total the person saw. */
export const refundFormSchema = z.object({ expectedFen: z.coerce.number().int().min(0) })

/** A page of movements. */
export const entryListSchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
})
