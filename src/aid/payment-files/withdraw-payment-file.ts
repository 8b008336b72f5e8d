import type { CaseStore } from '../../cases/index.ts'
import { announceCase } from '../../cases/index.ts'
import type { InTransaction, Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { decisionOfOrder } from '../act-on-decision.ts'
import type { AidStore } from '../aid-store.ts'
import type { PaymentOrder } from '../decision.ts'
import { orderInHand } from '../settle-order.ts'
import { withOrder } from '../settle-orders.ts'
import { requireFilePermission } from './download-payment-file.ts'
import { fileStream } from './make-payment-file.ts'
import type { WithdrawReason } from './payment-file.ts'
import type { PaymentFileStore } from './payment-file-store.ts'

interface WithdrawServices {
  readonly aid: AidStore
  readonly cases: CaseStore
  readonly paymentFiles: PaymentFileStore
  readonly inTransaction: InTransaction
}

/**
 * Takes a file back that the bank never worked on: its orders wait again and can be paid another way. Somebody else than its maker says so,
 * because an order that was paid after all would be paid twice.
 *
 * @throws DomainError `payment_file.not_found`, `payment_file.not_yours`, `payment_file.not_open`, `payment_file.same_person`
 */
export async function withdrawPaymentFile(
  services: WithdrawServices,
  { no, reason }: { readonly no: string; readonly reason: WithdrawReason },
  by: By,
): Promise<{ no: string; orders: number }> {
  return services.inTransaction(by, async (tx) => {
    const file = await services.paymentFiles.get(tx, no)
    requireFilePermission('payment.withdraw_file', file, by)
    if (file.state !== 'OPEN')
      throw new DomainError('payment_file.not_open', 'The bank has answered, or it was taken back', { no })
    if (file.madeBy === by.actor.staffId)
      throw new DomainError('payment_file.same_person', 'Somebody else has to take it back', { no })
    for (const { orderId } of file.lines) await recall(services, tx, orderId, no)
    await services.paymentFiles.save(tx, file, {
      ...file,
      state: 'WITHDRAWN',
      lines: file.lines.map((line) => ({ ...line, state: 'RECALLED' })),
      withdrawn: { reason, by: by.actor.staffId, at: tx.at },
    })
    tx.announce({
      stream: fileStream(no),
      type: 'payment_file.withdrawn',
      data: { no, unit: file.unit, reason, count: file.count },
    })
    return { no, orders: file.count }
  })
}

async function recall({ aid, cases }: WithdrawServices, tx: Tx, orderId: string, file: string): Promise<void> {
  const decision = await aid.get(tx, decisionOfOrder(orderId))
  const { file: _left, ...order } = orderInHand(decision, orderId, file)
  const held: PaymentOrder = { ...order, state: 'HELD' }
  await aid.save(tx, decision, withOrder(decision, held))
  const found = await cases.get(tx, decision.caseNo)
  announceCase(tx, found, 'aid.payment_recalled', {
    decisionId: decision.id,
    orderId,
    amountFen: order.amountFen,
    file,
    toUnit: decision.unit,
  })
}
