import type { CaseStore } from '../../cases/index.ts'
import { announceCase } from '../../cases/index.ts'
import type { InTransaction, Tx } from '../../journal/index.ts'
import type { FieldVault } from '../../platform/privacy/index.ts'
import type { By } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import { newSpokenNo } from '../../shared/ids.ts'
import { decisionOfOrder, requireDecisionPermission } from '../act-on-decision.ts'
import { sumOf } from '../aid-limits.ts'
import type { AidStore } from '../aid-store.ts'
import type { PaymentOrder } from '../decision.ts'
import { orderInHand, refuseSamePerson } from '../settle-order.ts'
import { withOrder } from '../settle-orders.ts'
import type { FileLine, PaymentFile } from './payment-file.ts'
import { MAX_ORDERS, paymentFileId } from './payment-file.ts'
import type { PaymentFileStore } from './payment-file-store.ts'
import type { OrderOfDecision } from './payment-rows.ts'
import { digestOf, payeeOf, paymentBytes } from './payment-rows.ts'

export interface MakeFileServices {
  readonly aid: AidStore
  readonly cases: CaseStore
  readonly paymentFiles: PaymentFileStore
  readonly vault: FieldVault
  readonly clock: Clock
  readonly inTransaction: InTransaction
}

/** A file as its maker sees it. */
export interface MadeFile {
  readonly no: string
  readonly count: number
  readonly sumFen: number
  readonly digest: string
}

/**
 * Puts payment orders into a file for the bank. From then on they lie at the bank: nobody pays them by hand, no other file takes them, and their
 * promise does not run out.
 *
 * @param input.orderIds - 1 to 100 orders of one fund, paid from its account, whose payee has an account
 * @throws DomainError `payment_file.empty`, `payment_file.too_many`, `payment_file.mixed`, `payment.not_held`, `payment.at_bank`,
 *   `payment.no_account`, `payment.same_person`, `decision.not_yours`
 */
export async function makePaymentFile(
  services: MakeFileServices,
  { orderIds }: { readonly orderIds: readonly string[] },
  by: By,
): Promise<MadeFile> {
  const ids = [...new Set(orderIds)]
  if (ids.length === 0) throw new DomainError('payment_file.empty', 'Choose at least one payment')
  if (ids.length > MAX_ORDERS)
    throw new DomainError('payment_file.too_many', `At most ${MAX_ORDERS} payments`, { most: MAX_ORDERS })
  const no = await freeNo(services, by.actor.county)
  return services.inTransaction(
    by,
    async (tx) => {
      const sent: OrderOfDecision[] = []
      for (const orderId of ids) sent.push(await send(services, tx, orderId, no))
      const file = fileOf(services, tx, no, sent)
      await services.paymentFiles.insert(tx, file)
      const { count, sumFen, digest } = file
      tx.announce({
        stream: fileStream(no),
        type: 'payment_file.made',
        data: { no, unit: file.unit, fundId: file.fundId, count, sumFen, digest },
        isFirst: true,
      })
      return { no, count, sumFen, digest }
    },
    { keepForever: true },
  )
}

/** Stream of a payment file in the journal. */
export function fileStream(no: string): string {
  return `payment_file:${no}`
}

/** Whether an order can go to the bank: it is paid from an account there, not in cash and not in goods. */
export function isForBank({ account }: PaymentOrder): boolean {
  return account === 'bank' || account === 'c_bank'
}

async function freeNo({ paymentFiles, clock }: MakeFileServices, county: string): Promise<string> {
  for (;;) {
    const no = newSpokenNo(clock.now())
    if (!(await paymentFiles.find(county, no))) return no
  }
}

async function send(services: MakeFileServices, tx: Tx, orderId: string, file: string): Promise<OrderOfDecision> {
  const { aid, cases, vault } = services
  const decision = await aid.get(tx, decisionOfOrder(orderId))
  requireDecisionPermission('payment.pay', tx.by, decision)
  const order = orderInHand(decision, orderId)
  if (!isForBank(order) || !payeeOf(vault, decision, order).account)
    throw new DomainError('payment.no_account', 'This cannot be paid by the bank', { orderId })
  const found = await cases.get(tx, decision.caseNo)
  refuseSamePerson(found, decision, tx)
  const sent: PaymentOrder = { ...order, state: 'SENT', file }
  const saved = await aid.save(tx, decision, withOrder(decision, sent))
  announceCase(tx, found, 'aid.payment_sent', {
    decisionId: decision.id,
    orderId,
    amountFen: order.amountFen,
    file,
    toUnit: decision.unit,
  })
  return { decision: saved, order: sent }
}

/** @throws DomainError `payment_file.mixed` */
function fileOf(
  { vault }: Pick<MakeFileServices, 'vault'>,
  { county, at, by }: Tx,
  no: string,
  sent: readonly OrderOfDecision[],
): PaymentFile {
  const [first] = sent
  if (!first) throw new TypeError('A file has an order')
  const { fundId } = first.order
  if (sent.some(({ order }) => order.fundId !== fundId))
    throw new DomainError('payment_file.mixed', 'A file pays from one fund only')
  return {
    _id: paymentFileId(county, no),
    county,
    no,
    version: 1,
    fundId,
    unit: first.decision.unit,
    tier: first.decision.tier,
    state: 'OPEN',
    lines: sent.map(({ decision, order }): FileLine => ({
      orderId: order.id,
      caseNo: decision.caseNo,
      amountFen: order.amountFen,
      state: 'SENT',
    })),
    count: sent.length,
    sumFen: sumOf(sent.map(({ order }) => order)),
    digest: digestOf(paymentBytes(vault, no, sent)),
    madeBy: by.actor.staffId,
    madeAt: at,
  }
}
