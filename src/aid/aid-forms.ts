import { z } from 'zod'
import { MAX_AMOUNT_FEN } from '../shared/fen.ts'
import { DECISION_KINDS, ORDER_KINDS } from './decision.ts'

/** Who receives a payment; not always the person in need. */
export const payeeSchema = z.object({
  name: z.string().trim().min(1, 'aid:form.payeeMissing').max(60, 'aid:form.tooLong'),
  relation: z.string().trim().max(40).default('self'),
  account: z.string().trim().max(60).optional(),
  bank: z.string().trim().max(60).optional(),
})

export type Payee = z.output<typeof payeeSchema>

const orderSchema = z
  .object({
    kind: z.enum(ORDER_KINDS),
    amountFen: z.int('aid:form.amountWrong').min(0, 'aid:form.amountWrong').max(MAX_AMOUNT_FEN, 'aid:form.amountWrong'),
    payee: payeeSchema,
    item: z.string().trim().max(120, 'aid:form.tooLong').optional(),
  })
  .refine(({ kind, amountFen }) => kind === 'REFERRAL' || amountFen > 0, {
    message: 'aid:form.amountMissing',
    path: ['amountFen'],
  })

/** A decision as the API sends it. Amounts are whole fen. */
export const decisionSchema = z.object({
  kind: z.enum(DECISION_KINDS).default('QUICK'),
  persons: z.coerce.number().int().min(1, 'aid:form.personsWrong').max(50, 'aid:form.personsWrong').default(1),
  orders: z.array(orderSchema).min(1, 'aid:form.amountMissing').max(20),
  reason: z.string().trim().min(1, 'aid:form.reasonMissing').max(2_000, 'aid:form.tooLong'),
})

export type DecisionForm = z.output<typeof decisionSchema>

/** What the township explains afterwards, and which papers are there. */
export const supplementSchema = z.object({
  text: z.string().trim().min(1, 'aid:form.explanationMissing').max(4_000, 'aid:form.tooLong'),
  checked: z.preprocess(
    (value): unknown => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.string().max(40)).max(20),
  ),
})

export type SupplementForm = z.output<typeof supplementSchema>

/** Papers of an advance. Configurable lists are the county's; these are the usual ones. Source: N23. */
export const PAPERS = ['receipt', 'explanation', 'signatures', 'identity', 'photo'] as const
