import type { BankFault, Columns, TableRow } from '../../ledger/index.ts'
import { inFileOrder, readAmount, readBankTable, readDay, readReference } from '../../ledger/index.ts'
import { chinaDay } from '../../shared/china-day.ts'
import type { FileLine, PaymentFile } from './payment-file.ts'

/** The columns of the bank's answer, and how banks call them. Documented in `src/ledger/bank/README.md`. */
export const ANSWER_COLUMNS = {
  batch: ['批次', '批次号'],
  order: ['订单', '订单号', '支付单号'],
  amount: ['金额'],
  result: ['结果', '处理结果'],
  bank_reference: ['银行流水号', '流水号'],
  date: ['日期', '交易日期'],
  reason: ['原因', '失败原因'],
} as const satisfies Columns<string>

type Column = keyof typeof ANSWER_COLUMNS

/** Why a bank does not pay. Codes, so that nothing personal reaches the books. */
export const REJECT_REASONS = ['account_wrong', 'name_mismatch', 'account_closed', 'bank_refused', 'other'] as const

export type RejectReason = (typeof REJECT_REASONS)[number]

const REASONS: Readonly<Record<string, RejectReason>> = {
  账号错误: 'account_wrong',
  户名不符: 'name_mismatch',
  账户已销户: 'account_closed',
  银行拒付: 'bank_refused',
  其他: 'other',
  ...Object.fromEntries(REJECT_REASONS.map((reason) => [reason, reason])),
}

const RESULTS: Readonly<Record<string, 'paid' | 'rejected'>> = {
  paid: 'paid',
  rejected: 'rejected',
  成功: 'paid',
  失败: 'rejected',
}

/** What the bank did with one order. */
export type BankResult =
  | { readonly orderId: string; readonly paid: true; readonly reference: string; readonly on: string }
  | { readonly orderId: string; readonly paid: false; readonly reason: RejectReason }

/** What an answer says, or what is wrong with it. With a fault nothing is applied. */
export interface BankAnswer {
  /** In the order of the payment file. */
  readonly results: readonly BankResult[]
  readonly faults: readonly BankFault[]
  readonly digest: string
}

/**
 * Reads the bank's answer to a payment file. It must name every order of the file once, with its amount, and no other; the lines may stand in
 * any order.
 *
 * @param at - now; no payment lies in the future
 */
export function readAnswer(bytes: Uint8Array, file: Pick<PaymentFile, 'no' | 'lines'>, at: Date): BankAnswer {
  const { rows, faults, digest } = readBankTable<Column>(bytes, ANSWER_COLUMNS)
  const ordered = new Map(file.lines.map((line) => [line.orderId, line]))
  const seen = new Map<string, BankResult>()
  const found: BankFault[] = [...faults]
  for (const row of rows) {
    const { result, faults: wrong } = readRow(row, file.no, ordered, chinaDay(at))
    if (seen.has(row.cells.order)) found.push({ line: row.line, code: 'duplicate', column: 'order' })
    else if (result) seen.set(result.orderId, result)
    found.push(...wrong)
  }
  if (found.length === 0 && seen.size < ordered.size)
    found.push({ line: 0, code: 'missing_order', column: [...ordered.keys()].find((id) => !seen.has(id)) ?? '' })
  const results = found.length > 0 ? [] : file.lines.flatMap(({ orderId }) => seen.get(orderId) ?? [])
  return { results, faults: inFileOrder(found), digest }
}

function readRow(
  { line, cells }: TableRow<Column>,
  no: string,
  ordered: ReadonlyMap<string, FileLine>,
  today: string,
): { result?: BankResult; faults: BankFault[] } {
  const faults: BankFault[] = []
  const fault = (code: BankFault['code'], column: Column): void => void faults.push({ line, code, column })
  const order = ordered.get(cells.order)
  if (cells.batch !== no) fault('foreign_batch', 'batch')
  else if (!order) fault('foreign_order', 'order')
  else if (readAmount(cells.amount) !== order.amountFen) fault('amount_differs', 'amount')
  const outcome = Object.hasOwn(RESULTS, cells.result) ? RESULTS[cells.result] : undefined
  if (!outcome) fault('result', 'result')
  const result = outcome === 'paid' ? readPaid(cells, today, fault) : outcome && readRejected(cells, fault)
  return faults.length > 0 || !result ? { faults } : { result, faults }
}

type Fault = (code: BankFault['code'], column: Column) => void

function readPaid(cells: Readonly<Record<Column, string>>, today: string, fault: Fault): BankResult | undefined {
  const reference = readReference(cells.bank_reference)
  const on = readDay(cells.date)
  if (reference === undefined) fault('reference', 'bank_reference')
  if (on === undefined || on > today) fault('date', 'date')
  return reference === undefined || on === undefined ? undefined : { orderId: cells.order, paid: true, reference, on }
}

function readRejected(cells: Readonly<Record<Column, string>>, fault: Fault): BankResult | undefined {
  const reason = Object.hasOwn(REASONS, cells.reason) ? REASONS[cells.reason] : undefined
  if (reason === undefined) fault('reason', 'reason')
  return reason === undefined ? undefined : { orderId: cells.order, paid: false, reason }
}
