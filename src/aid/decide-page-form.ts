import { z } from 'zod'
import { fenFromYuan } from '../shared/fen.ts'
import { decisionSchema } from './aid-forms.ts'
import type { OrderKind } from './decision.ts'

/** Lines of the page's form: one per way of helping; an empty amount is no line. Amounts are yuan. */
export const PAGE_LINES = [
  ['cash', 'CASH'],
  ['transfer', 'TRANSFER'],
  ['goods', 'GOODS'],
  ['service', 'SERVICE'],
] as const satisfies readonly (readonly [string, OrderKind])[]

const text = z.string().default('')

/** The flat fields of the decision page, put into the shape the API takes. */
export const decisionPageSchema = z
  .object({
    persons: z.string().default('1'),
    cash: text,
    transfer: text,
    goods: text,
    goodsItem: text,
    service: text,
    serviceItem: text,
    payeeName: text,
    payeeRelation: text,
    payeeAccount: text,
    reason: text,
    kind: z.string().default('QUICK'),
  })
  .transform((typed): z.input<typeof decisionSchema> => {
    const payee = { name: typed.payeeName, relation: typed.payeeRelation, account: typed.payeeAccount }
    const items: Partial<Record<string, string>> = { goods: typed.goodsItem, service: typed.serviceItem }
    const orders = PAGE_LINES.filter(([field]) => typed[field].trim() !== '').map(([field, kind]) => ({
      kind,
      amountFen: fenFromYuan(typed[field]),
      payee,
      item: items[field] ?? '',
    }))
    return { kind: typed.kind as 'QUICK', persons: typed.persons, orders, reason: typed.reason }
  })
  .pipe(decisionSchema)

/** Field of the page for a path of the schema: `orders.0.amountFen` is the first line with an amount. */
export function pageFieldOf(path: string, typed: Readonly<Record<string, unknown>>): string {
  const [, index, part] = /^orders\.(\d+)\.(.+)$/.exec(path) ?? []
  if (index === undefined) return path === 'orders' ? 'cash' : path
  if (part?.startsWith('payee')) return 'payeeName'
  const filled = PAGE_LINES.filter(([field]) => typeof typed[field] === 'string' && typed[field].trim() !== '')
  return filled[Number(index)]?.[0] ?? 'cash'
}
