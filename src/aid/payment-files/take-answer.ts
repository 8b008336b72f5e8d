import type { BankFault, BankStore } from '../../ledger/index.ts'
import { noteReferences, refusedFile, withFundQueue } from '../../ledger/index.ts'
import type { Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import type { PayOrderServices } from '../pay-order.ts'
import { settleOrder } from '../settle-order.ts'
import type { BankAnswer, BankResult } from './answer-file.ts'
import { readAnswer } from './answer-file.ts'
import { findFile, requireFilePermission } from './download-payment-file.ts'
import { fileStream } from './make-payment-file.ts'
import type { FileLine, PaymentFile } from './payment-file.ts'
import type { PaymentFileStore } from './payment-file-store.ts'

export interface TakeAnswerServices extends PayOrderServices {
  readonly paymentFiles: PaymentFileStore
  readonly bank: BankStore
  readonly clock: Clock
}

/** What an answer of the bank means, before anything is done. */
export interface AnswerPreview {
  readonly no: string
  readonly digest: string
  readonly paid: number
  readonly paidFen: number
  readonly rejected: number
  readonly rejectedFen: number
  readonly faults: readonly BankFault[]
  /** This very answer was taken before; taking it again does nothing. */
  readonly isRepeat: boolean
}

export interface AnswerInput {
  readonly no: string
  /** The file as the bank gave it. */
  readonly bytes: Uint8Array
}

/**
 * Reads the bank's answer and says what taking it would do; changes nothing.
 *
 * @throws DomainError `payment_file.not_found`, `payment_file.not_yours`
 */
export async function previewAnswer(
  services: Pick<TakeAnswerServices, 'paymentFiles' | 'clock'>,
  { no, bytes }: AnswerInput,
  by: Pick<By, 'actor'>,
): Promise<AnswerPreview> {
  const file = await findFile(services, no, 'payment.pay', by)
  return preview(file, readAnswer(bytes, file, services.clock.now()))
}

/**
 * Takes the bank's answer: what it paid is posted, what it rejected is free again, each once. All of the answer or nothing; the same answer again
 * changes nothing.
 *
 * @throws DomainError `payment_file.not_found`, `payment_file.not_yours`, `payment_file.not_open`, `bank.file_refused` with `faults` by line,
 *   `payment.same_person`, `fund.frozen`
 */
export async function takeAnswer(services: TakeAnswerServices, input: AnswerInput, by: By): Promise<AnswerPreview> {
  const { fundId } = await findFile(services, input.no, 'payment.pay', by)
  return withFundQueue(services, [fundId], () =>
    services.inTransaction(by, (tx) => take(services, tx, input), { keepForever: true }),
  )
}

async function take(services: TakeAnswerServices, tx: Tx, { no, bytes }: AnswerInput): Promise<AnswerPreview> {
  const file = await services.paymentFiles.get(tx, no)
  requireFilePermission('payment.pay', file, tx.by)
  const answer = readAnswer(bytes, file, tx.at)
  const said = preview(file, answer)
  if (said.faults.length > 0) throw refusedFile(said.faults)
  if (said.isRepeat) return said
  if (file.state !== 'OPEN')
    throw new DomainError('payment_file.not_open', 'The bank has answered, or it was taken back', { no })
  const lines: FileLine[] = []
  for (const result of answer.results) lines.push(await settle(services, tx, file, result))
  await noteReferences(services, tx, file.fundId, lines.flatMap(referenceOf))
  await services.paymentFiles.save(tx, file, {
    ...file,
    state: 'ANSWERED',
    lines,
    answer: { digest: answer.digest, by: tx.by.actor.staffId, at: tx.at },
  })
  const { paid, paidFen, rejected, rejectedFen, digest } = said
  tx.announce({
    stream: fileStream(no),
    type: 'payment_file.answered',
    data: { no, unit: file.unit, paid, paidFen, rejected, rejectedFen, digest },
  })
  return said
}

async function settle(services: TakeAnswerServices, tx: Tx, file: PaymentFile, result: BankResult): Promise<FileLine> {
  const inHand = { orderId: result.orderId, file: file.no }
  const settlement = result.paid ? { paid: true as const, on: result.on } : result
  const { decision, order } = await settleOrder(services, tx, inHand, settlement)
  const line = { orderId: order.id, caseNo: decision.caseNo, amountFen: order.amountFen }
  if (!result.paid) return { ...line, state: 'REJECTED', reason: result.reason }
  const { reference, on } = result
  return { ...line, state: 'PAID', reference, on, ...(order.voucher ? { voucher: order.voucher } : {}) }
}

function referenceOf({ voucher, reference }: FileLine): { entryId: string; reference: string }[] {
  return voucher && reference ? [{ entryId: voucher, reference }] : []
}

function preview(file: PaymentFile, { results, faults, digest }: BankAnswer): AnswerPreview {
  const amounts = new Map(file.lines.map(({ orderId, amountFen }) => [orderId, amountFen]))
  const of = (paid: boolean): readonly BankResult[] => results.filter((result) => result.paid === paid)
  const sum = (some: readonly BankResult[]): number =>
    some.reduce((total, { orderId }) => total + (amounts.get(orderId) ?? 0), 0)
  const [paid, rejected] = [of(true), of(false)]
  return {
    no: file.no,
    digest,
    paid: paid.length,
    paidFen: sum(paid),
    rejected: rejected.length,
    rejectedFen: sum(rejected),
    faults,
    isRepeat: file.answer?.digest === digest,
  }
}
