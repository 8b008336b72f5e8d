import type { CaseRecord } from '../cases/index.ts'
import { announceCase, withChange } from '../cases/index.ts'
import type { Tx } from '../journal/index.ts'
import { postHold, voidHold } from '../ledger/index.ts'
import { DomainError } from '../shared/errors.ts'
import { decisionOfOrder, requireDecisionPermission } from './act-on-decision.ts'
import type { DecisionRecord, PaymentOrder } from './decision.ts'
import type { PayOrderServices } from './pay-order.ts'
import { announceAdvanced, clocksAfter, owedAfter, withOrder } from './settle-orders.ts'

/** How a payment order ends. */
export type Settlement =
  /** @param on - the day the money left, `2026-11-29`; today when left out */
  { readonly paid: true; readonly on?: string | undefined } | { readonly paid: false; readonly reason: string }

/** Which order, and in which payment file it must stand; none when it is paid by hand. */
export interface OrderInHand {
  readonly orderId: string
  readonly file?: string
}

/**
 * Ends a payment order inside somebody's transaction, once: the money that was held leaves the fund, or is free again; decision, case and clocks
 * follow. An order that lies at the bank is ended by the bank's answer to its file and in no other way.
 *
 * @throws DomainError `payment.same_person`, `payment.not_held`, `payment.at_bank`, `decision.not_found`, `decision.not_yours`, `fund.frozen`
 */
export async function settleOrder(
  services: PayOrderServices,
  tx: Tx,
  { orderId, file }: OrderInHand,
  settlement: Settlement,
): Promise<{ readonly decision: DecisionRecord; readonly order: PaymentOrder }> {
  const { aid, cases } = services
  const decision = await aid.get(tx, decisionOfOrder(orderId))
  const order = orderInHand(decision, orderId, file)
  requireDecisionPermission('payment.pay', tx.by, decision)
  const found = await cases.get(tx, decision.caseNo)
  refuseSamePerson(found, decision, tx)
  const settled = settlement.paid
    ? await pay(services, tx, decision, order, settlement.on)
    : await fail(services, tx, order, settlement.reason)
  const after = withOrder(decision, settled)
  const changed = withChange(found, { ...sumsAfter(found, settled), ...owedAfter(found, after, tx.at) }, tx.at)
  announceSettled(tx, changed, after, settled)
  await aid.save(tx, decision, after)
  await cases.save(tx, found, await clocksAfter(services, tx, changed, after))
  return { decision: after, order: settled }
}

/** The order, if it lies where it is looked for. @throws DomainError `payment.not_held`, `payment.at_bank` */
export function orderInHand(decision: DecisionRecord, orderId: string, file?: string): PaymentOrder {
  const order = decision.orders.find(({ id }) => id === orderId)
  if (order && file !== undefined && order.state === 'SENT' && order.file === file) return order
  if (order?.state === 'SENT')
    throw new DomainError('payment.at_bank', 'This payment lies at the bank', { file: order.file, orderId })
  if (order?.state !== 'HELD' || file !== undefined)
    throw new DomainError('payment.not_held', 'This payment was already made or taken back', { state: order?.state })
  return order
}

/** @throws DomainError `payment.same_person` */
export function refuseSamePerson(found: CaseRecord, decision: DecisionRecord, { by }: Pick<Tx, 'by'>): void {
  const involved = [decision.decidedBy, found.firstResponsible.staffId]
  if (!involved.includes(by.actor.staffId)) return
  throw new DomainError('payment.same_person', 'Whoever registered or decided cannot pay')
}

async function pay(
  services: PayOrderServices,
  tx: Tx,
  { decidedBy }: DecisionRecord,
  order: PaymentOrder,
  on: string | undefined,
): Promise<PaymentOrder> {
  const day = on === undefined ? {} : { effectiveOn: on }
  const entry = await postHold(services, tx, { holdId: order.holdId, approver: decidedBy, ...day })
  return { ...order, state: 'PAID', paidAt: tx.at, paidBy: tx.by.actor.staffId, voucher: entry.entryId }
}

async function fail(services: PayOrderServices, tx: Tx, order: PaymentOrder, reason: string): Promise<PaymentOrder> {
  await voidHold(services, tx, { holdId: order.holdId, reason })
  return { ...order, state: 'FAILED', failedAt: tx.at, failReason: reason }
}

function sumsAfter({ aid }: CaseRecord, { state, amountFen }: PaymentOrder): Pick<CaseRecord, 'aid'> {
  const paidFen = state === 'PAID' ? aid.paidFen + amountFen : aid.paidFen
  return { aid: { ...aid, paidFen, heldFen: aid.heldFen - amountFen } }
}

function announceSettled(tx: Tx, changed: CaseRecord, after: DecisionRecord, order: PaymentOrder): void {
  const { id: orderId, kind, amountFen, voucher } = order
  const about = { decisionId: after.id, orderId, amountFen, toUnit: after.unit }
  if (order.state === 'PAID') announceCase(tx, changed, 'aid.paid', { ...about, kind, voucher })
  else announceCase(tx, changed, 'aid.payment_failed', about)
  announceAdvanced(tx, changed, after)
}
