import type { FieldVault } from '../platform/privacy/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import { DomainError } from '../shared/errors.ts'
import type { StockLine } from '../ledger/index.ts'
import { lotSub } from '../ledger/index.ts'
import type { DecisionRecord, PaymentOrder } from './decision.ts'
import { LOT_FIELD } from './goods-handed.ts'
import { payeeOf } from './payment-files/payment-rows.ts'

/** One payment: payee, amount in figures and capitals, purpose; pay, or say why not. */
export function paymentPage(
  vault: FieldVault,
  decision: DecisionRecord,
  orderId: string,
  present: Presenter,
  nameOf: (id: string) => string,
  form: FormParts,
  stock: readonly StockLine[] = [],
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
    lots: stock.length > 0 ? stock.map((line) => lotField(line, present)) : undefined,
    failAction: `${base}/fail`,
    receiptHref: order.state === 'PAID' ? `${base}/receipt` : undefined,
    reasons: ['payee_absent', 'payee_refused', 'account_wrong', 'decision_withdrawn'].map((value) => ({
      value,
      text: t(`aid:failReason.${value}`),
    })),
    form: formView(present, form),
  }
}

/** How many pieces of a lot are handed over, with how many there are. */
function lotField(line: StockLine, { t, money }: Presenter): object {
  const { item, quantity, unitFen } = line
  return {
    name: `${LOT_FIELD}${lotSub(line)}`,
    label: item,
    hint: t('aid:payment.lot', { quantity, price: money(unitFen) }),
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
