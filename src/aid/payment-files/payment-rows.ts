import { createHash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import type { FieldVault } from '../../platform/privacy/index.ts'
import type { Payee } from '../aid-forms.ts'
import type { DecisionRecord, PaymentOrder } from '../decision.ts'

/** The columns of a payment file. Documented in `src/ledger/bank/README.md`. */
const COLUMNS = ['batch', 'order', 'amount', 'payee', 'account', 'bank', 'purpose'] as const

/** What every payment is for, as it stands on the payee's account. */
const PURPOSE = '临时救助款'

/** A payment order with its decision. */
export interface OrderOfDecision {
  readonly decision: DecisionRecord
  readonly order: PaymentOrder
}

/**
 * The bytes of a payment file: UTF-8 with its mark, one order a line, in the order given. The same orders give the same bytes.
 *
 * It opens the payees' names and account numbers, so whoever asks for it is on record before the bytes leave.
 */
export function paymentBytes(vault: FieldVault, no: string, orders: readonly OrderOfDecision[]): Buffer {
  const rows = orders.map(({ decision, order }) => {
    const { name, account = '', bank = '' } = payeeOf(vault, decision, order)
    return [no, order.id, yuan(order.amountFen), name, account, bank, PURPOSE]
  })
  return Buffer.from(
    stringify([[...COLUMNS], ...rows], { bom: true, record_delimiter: 'windows', escape_formulas: true }),
  )
}

/** SHA-256 of a file, in hexadecimal digits. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Who receives an order. For the file and the cashier's eyes only. */
export function payeeOf(vault: FieldVault, decision: DecisionRecord, order: PaymentOrder): Payee {
  const place = { collection: 'decisions', field: `payee.${order.line}`, record: decision._id }
  return JSON.parse(vault.open(order.payee, place)) as Payee
}

/** `1234.50` */
function yuan(amountFen: number): string {
  return `${Math.trunc(amountFen / 100)}.${String(amountFen % 100).padStart(2, '0')}`
}
