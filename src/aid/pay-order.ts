import type { CaseStore } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { InTransaction } from '../journal/index.ts'
import type { FundQueue, GoodsLine, LedgerStore } from '../ledger/index.ts'
import { takeTurn } from '../ledger/index.ts'
import type { Calendars, Policies } from '../policy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { decisionOfOrder } from './act-on-decision.ts'
import type { AidStore } from './aid-store.ts'
import type { PaymentOrder } from './decision.ts'
import type { SettledOrder, Settlement } from './settle-order.ts'
import { planSettlement } from './settle-order.ts'

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
 * Goods are handed over by the piece: they may be worth less than was promised, never more, and count for what they are worth.
 *
 * Whoever registered the request or decided on it cannot pay (register ≠ decide ≠ pay, for every amount).
 *
 * @throws DomainError `payment.same_person`, `payment.not_held`, `payment.at_bank`, `decision.not_found`, `decision.not_yours`, `fund.frozen`,
 *   `hold.over_amount`, `goods.insufficient`
 */
export function payOrder(
  services: PayOrderServices,
  { orderId, goods }: { readonly orderId: string; readonly goods?: readonly GoodsLine[] | undefined },
  by: By,
): Promise<PaymentAnswer> {
  return settleByHand(services, orderId, by, { paid: true, goods })
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
  return settleByHand(services, orderId, by, { paid: false, reason })
}

/** The frame of both: a turn at the fund, then everything in one transaction, which other cases' orders may share. */
async function settleByHand(
  services: PayOrderServices,
  orderId: string,
  by: By,
  settlement: Settlement,
): Promise<PaymentAnswer> {
  const seen = await services.aid.find(by.actor.county, decisionOfOrder(orderId))
  const fundId = seen?.orders.find(({ id }) => id === orderId)?.fundId
  if (!seen || !fundId) throw new DomainError('decision.not_found', `No payment order ${orderId}`)
  return takeTurn(services, {
    by,
    fundIds: [fundId],
    about: `case:${seen.caseNo}`,
    async plan(tx) {
      const { commands, settle } = await planSettlement(services, tx, { orderId }, settlement)
      return { commands, settle: async (posted) => answerOf(await settle(posted)) }
    },
  })
}

function answerOf({ decision: { caseNo }, order: { id, state, amountFen, voucher } }: SettledOrder): PaymentAnswer {
  return { orderId: id, caseNo, state, amountFen, ...(voucher ? { voucher } : {}) }
}
