import type { CaseRecord, CaseStore } from '../cases/index.ts'
import { announceCase, withChange } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { InTransaction, Tx } from '../journal/index.ts'
import type { FundQueue, LedgerStore } from '../ledger/index.ts'
import { postHold, voidHold, withFundQueue } from '../ledger/index.ts'
import type { Calendars, Policies } from '../policy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { decisionOfOrder, requireDecisionPermission } from './act-on-decision.ts'
import type { AidStore } from './aid-store.ts'
import type { DecisionRecord, PaymentOrder } from './decision.ts'
import { announceAdvanced, clocksAfter, owedAfter, withOrder } from './settle-orders.ts'

export interface PayOrderServices {
  readonly aid: AidStore
  readonly cases: CaseStore
  readonly deadlines: Deadlines
  readonly policies: Policies
  readonly calendar: Calendars
  readonly ledger: LedgerStore
  readonly fundQueue: FundQueue
  readonly inTransaction: InTransaction
}

/** What became of a payment order. */
export interface PaymentAnswer {
  readonly orderId: string
  readonly caseNo: string
  readonly state: PaymentOrder['state']
  readonly amountFen: number
  /** Voucher number in the fund's ledger; missing when nothing was paid. */
  readonly voucher?: string
}

/**
 * Pays a payment order: the money that was held leaves the fund, once, whatever keys are used.
 *
 * Whoever registered the request or decided on it cannot pay (register ≠ decide ≠ pay, for every amount).
 *
 * @throws DomainError `payment.same_person`, `payment.not_held`, `decision.not_found`, `decision.not_yours`, `fund.frozen`
 */
export function payOrder(
  services: PayOrderServices,
  { orderId }: { readonly orderId: string },
  by: By,
): Promise<PaymentAnswer> {
  return onOrder(services, orderId, by, async (tx, decision, order, found) => {
    const entry = await postHold(services, tx, { holdId: order.holdId, approver: decision.decidedBy })
    const paid: PaymentOrder = {
      ...order,
      state: 'PAID',
      paidAt: tx.at,
      paidBy: by.actor.staffId,
      voucher: entry.entryId,
    }
    const after = withOrder(decision, paid)
    const sums = { paidFen: found.aid.paidFen + order.amountFen, heldFen: found.aid.heldFen - order.amountFen }
    const paidCase = withChange(found, { aid: { ...found.aid, ...sums }, ...owedAfter(found, after, tx.at) }, tx.at)
    announceCase(tx, paidCase, 'aid.paid', {
      decisionId: decision.id,
      orderId,
      kind: order.kind,
      amountFen: order.amountFen,
      voucher: entry.entryId,
      toUnit: decision.unit,
    })
    announceAdvanced(tx, paidCase, after)
    return { after, changed: paidCase }
  })
}

/**
 * A payment that could not be made: the promise is taken back and the money is free again.
 *
 * @throws DomainError as `payOrder`
 */
export function failOrder(
  services: PayOrderServices,
  { orderId, reason }: { readonly orderId: string; readonly reason: string },
  by: By,
): Promise<PaymentAnswer> {
  return onOrder(services, orderId, by, async (tx, decision, order, found) => {
    await voidHold(services, tx, { holdId: order.holdId, reason })
    const failed: PaymentOrder = { ...order, state: 'FAILED', failedAt: tx.at, failReason: reason }
    const after = withOrder(decision, failed)
    const aid = { ...found.aid, heldFen: found.aid.heldFen - order.amountFen }
    const changed = withChange(found, { aid, ...owedAfter(found, after, tx.at) }, tx.at)
    announceCase(tx, changed, 'aid.payment_failed', {
      decisionId: decision.id,
      orderId,
      amountFen: order.amountFen,
      toUnit: decision.unit,
    })
    announceAdvanced(tx, changed, after)
    return { after, changed }
  })
}

type OrderChange = (
  tx: Tx,
  decision: DecisionRecord,
  order: PaymentOrder,
  found: CaseRecord,
) => Promise<{ readonly after: DecisionRecord; readonly changed: CaseRecord }>

/** The frame of both: a turn at the fund, load, check, change, clocks, save decision and case in one transaction. */
async function onOrder(
  services: PayOrderServices,
  orderId: string,
  by: By,
  change: OrderChange,
): Promise<PaymentAnswer> {
  const { aid, cases, inTransaction } = services
  const seen = await aid.find(by.actor.county, decisionOfOrder(orderId))
  const fundId = seen?.orders.find(({ id }) => id === orderId)?.fundId
  if (!fundId) throw new DomainError('decision.not_found', `No payment order ${orderId}`)
  return withFundQueue(services, [fundId], () =>
    inTransaction(
      by,
      async (tx) => {
        const decision = await aid.get(tx, decisionOfOrder(orderId))
        const order = payable(decision, orderId, by)
        const found = await cases.get(tx, decision.caseNo)
        refuseSamePerson(found, decision, by)
        const { after, changed } = await change(tx, decision, order, found)
        await aid.save(tx, decision, after)
        await cases.save(tx, found, await clocksAfter(services, tx, changed, after))
        return answerOf(after, orderId)
      },
      { keepForever: true },
    ),
  )
}

/** @throws DomainError `decision.not_yours`, `payment.not_held` */
function payable(decision: DecisionRecord, orderId: string, by: By): PaymentOrder {
  requireDecisionPermission('payment.pay', by, decision)
  const order = decision.orders.find(({ id }) => id === orderId)
  if (order?.state !== 'HELD')
    throw new DomainError('payment.not_held', 'This payment was already made or taken back', { state: order?.state })
  return order
}

/** @throws DomainError `payment.same_person` */
function refuseSamePerson(found: CaseRecord, decision: DecisionRecord, by: By): void {
  const involved = [decision.decidedBy, found.firstResponsible.staffId]
  if (!involved.includes(by.actor.staffId)) return
  throw new DomainError('payment.same_person', 'Whoever registered or decided cannot pay')
}

function answerOf(decision: DecisionRecord, orderId: string): PaymentAnswer {
  const order = decision.orders.find(({ id }) => id === orderId)
  if (!order) throw new TypeError('The order belongs to its decision')
  const { state, amountFen, voucher } = order
  return { orderId, caseNo: decision.caseNo, state, amountFen, ...(voucher ? { voucher } : {}) }
}
