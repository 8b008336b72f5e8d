import type { CaseRecord } from '../cases/index.ts'
import { announceCase, withChange } from '../cases/index.ts'
import type { Tx } from '../journal/index.ts'
import type { GoodsLine, Plan, PostedEntry } from '../ledger/index.ts'
import { postCommands } from '../ledger/index.ts'
import { DomainError } from '../shared/errors.ts'
import { decisionOfOrder, requireDecisionPermission } from './act-on-decision.ts'
import type { DecisionRecord, PaymentOrder } from './decision.ts'
import type { PayOrderServices } from './pay-order.ts'
import { announceAdvanced, clocksAfter, owedAfter, withOrder } from './settle-orders.ts'

/** How a payment order ends. */
export type Settlement =
  /**
   * @param on - the day the money left, `2026-11-29`; today when left out
   * @param goods - what was handed over by the piece; it may be worth less than was promised
   */
  | { readonly paid: true; readonly on?: string | undefined; readonly goods?: readonly GoodsLine[] | undefined }
  | { readonly paid: false; readonly reason: string }

/** Which order, and in which payment file it must stand; none when it is paid by hand. */
export interface OrderInHand {
  readonly orderId: string
  readonly file?: string
}

/** An order that has ended, and the decision as it is now. */
export interface SettledOrder {
  readonly decision: DecisionRecord
  readonly order: PaymentOrder
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
  inHand: OrderInHand,
  settlement: Settlement,
): Promise<SettledOrder> {
  const { commands, settle } = await planSettlement(services, tx, inHand, settlement)
  return settle(await postCommands(services, tx, commands))
}

/** The same in two halves, for a transaction shared with others: what to post, and what to write once it is posted. */
export async function planSettlement(
  services: PayOrderServices,
  tx: Tx,
  { orderId, file }: OrderInHand,
  settlement: Settlement,
): Promise<Plan<SettledOrder>> {
  const { aid, cases } = services
  const decision = await aid.get(tx, decisionOfOrder(orderId))
  const order = orderInHand(decision, orderId, file)
  requireDecisionPermission('payment.pay', tx.by, decision)
  const found = await cases.get(tx, decision.caseNo)
  refuseSamePerson(found, decision, tx)
  return {
    commands: [commandOf(decision, order, settlement)],
    async settle(posted) {
      const settled = settledBy(order, settlement, tx, posted[0]?.[0])
      const after = withOrder(decision, settled)
      const changed = withChange(
        found,
        { ...sumsAfter(found, order, settled), ...owedAfter(found, after, tx.at) },
        tx.at,
      )
      announceSettled(tx, changed, after, settled)
      await aid.save(tx, decision, after)
      await cases.save(tx, found, await clocksAfter(services, tx, changed, after))
      return { decision: after, order: settled }
    },
  }
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

function commandOf(
  { decidedBy }: DecisionRecord,
  { holdId }: PaymentOrder,
  settlement: Settlement,
): Plan<unknown>['commands'][number] {
  if (!settlement.paid) return { do: 'void-hold', holdId, reason: settlement.reason }
  const day = settlement.on === undefined ? {} : { effectiveOn: settlement.on }
  const { goods = [] } = settlement
  return { do: 'post-hold', holdId, approver: decidedBy, ...day, ...(goods.length > 0 ? { goods } : {}) }
}

function settledBy(
  order: PaymentOrder,
  settlement: Settlement,
  { at, by }: Pick<Tx, 'at' | 'by'>,
  posted: PostedEntry | undefined,
): PaymentOrder {
  if (!settlement.paid) return { ...order, state: 'FAILED', failedAt: at, failReason: settlement.reason }
  if (posted === undefined) throw new TypeError('What is paid has a voucher')
  const { entryId: voucher, amountFen } = posted
  return { ...order, state: 'PAID', amountFen, paidAt: at, paidBy: by.actor.staffId, voucher }
}

/** All that was held for the order is held no more; what was paid may be less, where goods came by the piece. */
function sumsAfter(
  { aid }: CaseRecord,
  held: PaymentOrder,
  { state, amountFen }: PaymentOrder,
): Pick<CaseRecord, 'aid'> {
  const paidFen = state === 'PAID' ? aid.paidFen + amountFen : aid.paidFen
  return { aid: { ...aid, paidFen, heldFen: aid.heldFen - held.amountFen } }
}

function announceSettled(tx: Tx, changed: CaseRecord, after: DecisionRecord, order: PaymentOrder): void {
  const { id: orderId, kind, amountFen, voucher } = order
  const about = { decisionId: after.id, orderId, amountFen, toUnit: after.unit }
  if (order.state === 'PAID') announceCase(tx, changed, 'aid.paid', { ...about, kind, voucher })
  else announceCase(tx, changed, 'aid.payment_failed', about)
  announceAdvanced(tx, changed, after)
}
