import type { FieldVault } from '../platform/privacy/index.ts'
import type { Presenter, TagView } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { DecisionRecord, PaymentOrder } from './decision.ts'
import { isForBank } from './payment-files/make-payment-file.ts'
import { payeeOf } from './payment-files/payment-rows.ts'

/** How money or goods leave, in the order in which a cashier works: what somebody stands and waits for comes first. */
const WAYS = ['cash', 'goods', 'bank'] as const

type Way = (typeof WAYS)[number]

/** What the cashier's list is made of. */
export interface PaymentListParts {
  readonly decisions: readonly DecisionRecord[]
  /** Payment files the bank has not answered. */
  readonly filesAtBank: number
  /** Working days on which cash moved and nobody counted the till, with the page where it is counted. */
  readonly uncounted?: { readonly days: readonly string[]; readonly href: string } | undefined
  /** Hours after which a payment is late. */
  readonly lateHours: number
}

interface Waiting {
  readonly decision: DecisionRecord
  readonly order: PaymentOrder
}

/** What the cashier works off: cash to hand out, goods to issue, transfers to send; the oldest first. */
export function paymentListPage(vault: FieldVault, parts: PaymentListParts, actor: Actor, present: Presenter): object {
  const { t } = present
  const waiting = parts.decisions.flatMap((decision) =>
    decision.orders.filter(({ state }) => state === 'HELD').map((order) => ({ decision, order })),
  )
  const forBank = waiting.filter(({ order }) => wayOf(order) === 'bank')
  return {
    title: t('aid:payments.title'),
    rooms: actor.roles.map(({ unit }) => `unit:${unit}`).join(' '),
    uncounted: parts.uncounted && {
      text: t('aid:payments.uncounted', { days: parts.uncounted.days.join(t('ledger:cash.and')) }),
      href: parts.uncounted.href,
    },
    atBank: parts.filesAtBank > 0 ? t('aid:payments.atBank', { count: parts.filesAtBank }) : undefined,
    mayMakeFile: forBank.length > 0,
    isEmpty: waiting.length === 0,
    sections: WAYS.flatMap((way) => {
      const some = waiting.filter(({ order }) => wayOf(order) === way)
      return some.length === 0 ? [] : [sectionOf(way, some, vault, parts.lateHours, present)]
    }),
  }
}

function wayOf(order: PaymentOrder): Way {
  if (isForBank(order)) return 'bank'
  return order.account === 'inkind' ? 'goods' : 'cash'
}

function sectionOf(
  way: Way,
  waiting: readonly Waiting[],
  vault: FieldVault,
  lateHours: number,
  present: Presenter,
): object {
  const { t } = present
  return {
    title: t(`aid:payments.way.${way}`),
    sum: t('aid:payments.sum', {
      count: waiting.length,
      sum: present.money(waiting.reduce((sum, { order }) => sum + order.amountFen, 0)),
    }),
    payments: waiting.map(({ decision, order }) => ({
      id: order.id,
      href: `/payments/${encodeURIComponent(order.id)}`,
      kind: t(`aid:kind.${order.kind}`),
      item: order.item,
      amountFen: order.amountFen,
      payee: payeeOf(vault, decision, order).name,
      decidedAt: decision.decidedAt,
      caseNo: decision.caseNo,
      late: lateTag(decision, lateHours, present),
    })),
  }
}

function lateTag({ decidedAt }: DecisionRecord, lateHours: number, { t, now }: Presenter): TagView | undefined {
  const hours = Math.floor((now.getTime() - decidedAt.getTime()) / 3_600_000)
  return hours > lateHours ? { text: t('aid:payments.late', { count: hours }), tone: 'problem' } : undefined
}
