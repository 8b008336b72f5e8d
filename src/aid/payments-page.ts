import type { FieldVault } from '../platform/privacy/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { DecisionRecord, PaymentOrder } from './decision.ts'
import { payeeOf } from './payment-files/payment-rows.ts'

/** What the cashier works off: every payment that was decided and waits, the oldest first. */
export function paymentsPage(
  vault: FieldVault,
  decisions: readonly DecisionRecord[],
  actor: Actor,
  present: Presenter,
): object {
  const waiting = decisions.flatMap((decision) =>
    decision.orders.filter(({ state }) => state === 'HELD').map((order) => ({ decision, order })),
  )
  return {
    title: present.t('aid:payments.title'),
    rooms: actor.roles.map(({ unit }) => `unit:${unit}`).join(' '),
    payments: waiting.map(({ decision, order }) => ({
      id: order.id,
      href: `/payments/${encodeURIComponent(order.id)}`,
      kind: present.t(`aid:kind.${order.kind}`),
      amountFen: order.amountFen,
      payee: payeeOf(vault, decision, order).name,
      decidedAt: decision.decidedAt,
      caseNo: decision.caseNo,
    })),
  }
}

/** One payment: payee, amount in figures and capitals, purpose; pay, or say why not. */
export function paymentPage(
  vault: FieldVault,
  decision: DecisionRecord,
  orderId: string,
  present: Presenter,
  nameOf: (id: string) => string,
  form: FormParts,
): object {
  const order = orderOf(decision, orderId)
  const { t } = present
  const base = `/payments/${encodeURIComponent(orderId)}`
  return {
    title: t('aid:payment.title'),
    isWaiting: order.state === 'HELD',
    amountFen: order.amountFen,
    facts: paymentFacts(vault, decision, order, present, nameOf),
    payAction: `${base}/pay`,
    failAction: `${base}/fail`,
    receiptHref: order.state === 'PAID' ? `${base}/receipt` : undefined,
    reasons: ['payee_absent', 'payee_refused', 'account_wrong', 'decision_withdrawn'].map((value) => ({
      value,
      text: t(`aid:failReason.${value}`),
    })),
    form: formView(present, form),
  }
}

/** The receipt the payee signs: A5, amount in capitals, voucher number of the ledger. */
export function receiptPage(
  vault: FieldVault,
  decision: DecisionRecord,
  orderId: string,
  present: Presenter,
  nameOf: (id: string) => string,
): object {
  const order = orderOf(decision, orderId)
  if (order.state !== 'PAID') throw new DomainError('payment.not_paid', 'There is no receipt before the payment')
  return {
    title: present.t('aid:receipt.title'),
    paper: 'A5',
    unit: nameOf(decision.unit),
    number: voucherNo(order),
    url: `/cases/${decision.caseNo}`,
    facts: paymentFacts(vault, decision, order, present, nameOf),
    amountFen: order.amountFen,
    amount: present.money(order.amountFen),
  }
}

/** The number of the posting within its fund, as its voucher page shows it. */
function voucherNo({ voucher }: PaymentOrder): string | undefined {
  return voucher?.split(':').at(-1)
}

function paymentFacts(
  vault: FieldVault,
  decision: DecisionRecord,
  order: PaymentOrder,
  present: Presenter,
  nameOf: (id: string) => string,
): object[] {
  const { t } = present
  const payee = payeeOf(vault, decision, order)
  const row = (name: string, text: string | undefined): object[] =>
    text ? [{ label: t(`aid:payment.${name}`), cell: { text } }] : []
  return [
    ...row('payee', payee.name),
    ...row('relation', t(`aid:relation.${payee.relation}`)),
    ...row('account', payee.account),
    ...row('kind', t(`aid:kind.${order.kind}`)),
    ...row('item', order.item),
    ...row('amount', present.money(order.amountFen)),
    ...row('capital', present.capital(order.amountFen)),
    ...row('case', decision.caseNo),
    ...row('decidedBy', `${nameOf(decision.decidedBy)} · ${present.time(decision.decidedAt)}`),
    ...row(
      'paidBy',
      order.paidBy && order.paidAt ? `${nameOf(order.paidBy)} · ${present.time(order.paidAt)}` : undefined,
    ),
    ...row('voucher', voucherNo(order)),
  ]
}

function orderOf(decision: DecisionRecord, orderId: string): PaymentOrder {
  const order = decision.orders.find(({ id }) => id === orderId)
  if (!order) throw new DomainError('decision.not_found', 'No such payment')
  return order
}
