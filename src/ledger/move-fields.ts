import { z } from 'zod'
import type { Presenter } from '../platform/views/index.ts'
import type { Fen } from '../shared/fen.ts'
import type { Debtor } from './debt.ts'
import { DEBTORS } from './debt.ts'
import type { GoodsLine } from './goods.ts'
import { valueFenOf } from './goods.ts'
import { referenceField, typeField, yuanField } from './ledger-forms.ts'

/** What a form about a fund may ask. `goods` are an item, a quantity and a price, or a value alone. */
export type MoveField =
  'amount' | 'goods' | 'from' | 'account' | 'of' | 'caseNo' | 'type' | 'debtor' | 'voucher' | 'reason'

/** Reasons a page offers; the API takes any code. */
export const REASONS = [
  'audit',
  'keeper-changed',
  'mistyped',
  'booked-twice',
  'good-faith',
  'debtor-gone',
  'other',
] as const

/** What a form says, as the actions take it. */
export interface MoveValues {
  readonly amountFen: Fen
  readonly goods?: readonly GoodsLine[]
  readonly from: 'bank' | 'cash'
  readonly account: 'bank' | 'cash' | 'inkind'
  readonly of: string
  readonly caseNo: string
  readonly type: string
  readonly debtor: Debtor
  /** Voucher number. */
  readonly voucher: number
  readonly reason: string
}

const optionalText = z.string().trim().optional()

/** An empty field of goods is none. */
function filled(text: string | undefined): boolean {
  return text !== undefined && text !== ''
}

const FIELDS = {
  from: z.enum(['bank', 'cash'], 'ledger:form.accountMissing'),
  account: z.enum(['bank', 'cash', 'inkind'], 'ledger:form.accountMissing'),
  of: z.string('ledger:form.referenceMissing').trim().pipe(referenceField),
  caseNo: z.string('ledger:form.referenceMissing').trim().pipe(referenceField),
  type: z.string('ledger:form.typeMissing').trim().pipe(typeField),
  debtor: z.enum(DEBTORS, 'ledger:form.debtorMissing'),
  voucher: z
    .string('ledger:form.voucherMissing')
    .trim()
    .regex(/^\d{1,12}$/, 'ledger:form.voucherMissing')
    .transform(Number),
  reason: z.enum(REASONS, 'ledger:form.reasonMissing'),
} as const

/** Reads the form of some fields. What is not asked stays out. */
export function moveSchema(fields: readonly MoveField[]): z.ZodType<Partial<MoveValues>> {
  const plain = Object.fromEntries(
    fields.flatMap((name) => (name === 'amount' || name === 'goods' ? [] : [[name, FIELDS[name]] as const])),
  )
  if (fields.includes('goods')) return goodsSchema(plain)
  if (!fields.includes('amount')) return z.object(plain)
  return z
    .object({ ...plain, amount: yuanField })
    .transform(({ amount, ...others }) => ({ ...others, amountFen: amount }))
}

/** A value, or an item with quantity and price; whoever gives both is believed only when they agree. */
function goodsSchema(plain: object): z.ZodType<Partial<MoveValues>> {
  const typed = z.object({
    ...plain,
    amount: optionalText,
    item: optionalText,
    quantity: optionalText,
    unit: optionalText,
  })
  return typed.transform((values, context) => {
    const { amount, item, quantity, unit, ...others } = values
    const refuse = (field: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [field], message })
    }
    if (!filled(item) && !filled(quantity) && !filled(unit)) {
      const read = yuanField.safeParse(amount ?? '')
      if (!read.success) refuse('amount', read.error.issues[0]?.message ?? 'ledger:form.amountMissing')
      return { ...others, amountFen: (read.data ?? 0) as Fen }
    }
    const price = yuanField.safeParse(unit ?? '')
    if (!/^[\p{L}\p{N}_.-]{1,40}$/u.test(item ?? '')) refuse('item', 'ledger:form.itemWrong')
    if (!/^[1-9]\d{0,5}$/.test(quantity ?? '')) refuse('quantity', 'ledger:form.quantityWrong')
    if (!price.success) refuse('unit', 'ledger:form.amountWrong')
    const goods = [{ item: item ?? '', quantity: Number(quantity), unitFen: (price.data ?? 0) as Fen }]
    const value = valueFenOf(goods) as Fen
    const said = filled(amount) ? yuanField.safeParse(amount) : undefined
    if (said && said.data !== value) refuse('amount', 'ledger:form.goodsUnclear')
    return { ...others, goods, amountFen: value }
  })
}

/** A reason the pages offer, in words; any other code as it is. */
export function reasonText(reason: string, { t }: Pick<Presenter, 't'>): string {
  return (REASONS as readonly string[]).includes(reason) ? t(`ledger:reason.${reason}`) : reason
}
