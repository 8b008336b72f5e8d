import { caseStream } from '../../cases/index.ts'
import type { InTransaction } from '../../journal/index.ts'
import type { FieldVault } from '../../platform/privacy/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { may } from '../../shared/permissions.ts'
import { decisionOfOrder } from '../act-on-decision.ts'
import { DECISION_PERMISSIONS } from '../aid-permissions.ts'
import type { DecisionAction } from '../aid-permissions.ts'
import type { AidStore } from '../aid-store.ts'
import { fileStream } from './make-payment-file.ts'
import type { PaymentFile } from './payment-file.ts'
import type { PaymentFileStore } from './payment-file-store.ts'
import type { OrderOfDecision } from './payment-rows.ts'
import { digestOf, paymentBytes } from './payment-rows.ts'

export interface DownloadServices {
  readonly aid: AidStore
  readonly paymentFiles: PaymentFileStore
  readonly vault: FieldVault
  readonly inTransaction: InTransaction
}

/** A file to hand to the bank. Not to be kept by us. */
export interface DownloadedFile {
  readonly name: string
  readonly bytes: Buffer
}

/**
 * Writes a payment file for the bank: the same bytes every time. It contains names and account numbers, so it is a look behind the mask: every
 * download is a line in each case's stream and in the file's, before the bytes leave; a repeated request is a look of its own.
 *
 * @throws DomainError `payment_file.not_found`, `payment_file.not_yours`, `payment_file.not_open`, `payment_file.erased`
 */
export async function downloadPaymentFile(
  services: DownloadServices,
  { no }: { readonly no: string },
  by: By,
): Promise<DownloadedFile> {
  const { paymentFiles, inTransaction, vault } = services
  const everyLook = { ...by, key: `${by.key}/${newId()}` }
  await inTransaction(everyLook, async (tx) => {
    const file = await paymentFiles.get(tx, no)
    requireFilePermission('payment.pay', file, by)
    if (file.state !== 'OPEN')
      throw new DomainError('payment_file.not_open', 'The bank has answered, or it was taken back', { no })
    tx.announce({ stream: fileStream(no), type: 'payment_file.exported', data: { no, unit: file.unit } })
    for (const { orderId, caseNo } of file.lines)
      tx.announce({
        stream: caseStream(caseNo),
        type: 'aid.payee_shown',
        data: { orderId, file: no, fields: ['name', 'account', 'bank'], reason: 'pay_aid' },
      })
    return {}
  })
  const file = await findFile(services, no, 'payment.pay', by)
  const bytes = paymentBytes(vault, no, await ordersOf(services, file))
  if (digestOf(bytes) !== file.digest)
    throw new DomainError('payment_file.erased', 'The payees were erased; the file cannot be written again', { no })
  return { name: `payment-${no}.csv`, bytes }
}

/** A file an actor may work with. @throws DomainError `payment_file.not_found` also when it is not theirs to know of */
export async function findFile(
  { paymentFiles }: Pick<DownloadServices, 'paymentFiles'>,
  no: string,
  action: DecisionAction,
  { actor }: Pick<By, 'actor'>,
): Promise<PaymentFile> {
  const file = await paymentFiles.find(actor.county, no)
  if (!file || !may(DECISION_PERMISSIONS, actor, 'payment.see_file', file))
    throw new DomainError('payment_file.not_found', `No payment file ${no}`)
  requireFilePermission(action, file, { actor })
  return file
}

/** @throws DomainError `payment_file.not_yours` */
export function requireFilePermission(action: DecisionAction, file: PaymentFile, { actor }: Pick<By, 'actor'>): void {
  if (may(DECISION_PERMISSIONS, actor, action, file)) return
  throw new DomainError('payment_file.not_yours', 'This payment file is another unit’s', { unit: file.unit })
}

async function ordersOf({ aid }: Pick<DownloadServices, 'aid'>, file: PaymentFile): Promise<OrderOfDecision[]> {
  const found: OrderOfDecision[] = []
  for (const { orderId } of file.lines) {
    const decision = await aid.find(file.county, decisionOfOrder(orderId))
    const order = decision?.orders.find(({ id }) => id === orderId)
    if (decision && order) found.push({ decision, order })
  }
  return found
}
