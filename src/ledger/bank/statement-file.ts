import type { BankFault } from './bank-fault.ts'
import { readAmount, readDay, readReference } from './bank-fields.ts'
import type { StatementLine } from './bank-line.ts'
import type { Columns, TableRow } from './bank-table.ts'
import { readBankTable } from './bank-table.ts'

/** The columns of a statement, and how banks call them. Documented in `README.md` beside this file. */
export const STATEMENT_COLUMNS = {
  account: ['账号', '账户', '户号'],
  date: ['日期', '交易日期', '记账日期'],
  bank_reference: ['银行流水号', '流水号', '交易流水号'],
  line_no: ['行号', '序号'],
  amount: ['金额', '发生额', '交易金额'],
  balance: ['余额', '账户余额'],
  text: ['摘要', '附言'],
} as const satisfies Columns<string>

type Column = keyof typeof STATEMENT_COLUMNS

/** Longest text of a line that is kept. Characters. */
const TEXT_CHARS = 200

/** What a statement says, or what is wrong with it. */
export interface Statement {
  readonly lines: readonly StatementLine[]
  readonly faults: readonly BankFault[]
  readonly digest: string
}

/** Reads a statement: what each line says by itself. Whether it goes on where the last one ended, `planImport` tells. */
export function readStatement(bytes: Uint8Array): Statement {
  const { rows, faults, digest } = readBankTable<Column>(bytes, STATEMENT_COLUMNS, ['amount', 'balance'])
  const read = rows.map(readLine)
  const lines = read.flatMap(({ line }) => line ?? [])
  return { lines, faults: [...faults, ...read.flatMap((one) => one.faults), ...repeated(lines)], digest }
}

function readLine({ line, cells }: TableRow<Column>): { line?: StatementLine; faults: BankFault[] } {
  const on = readDay(cells.date)
  const reference = readReference(cells.bank_reference)
  const lineNo = /^\d{1,6}$/.test(cells.line_no) ? Number(cells.line_no) : undefined
  const amountFen = readAmount(cells.amount)
  const balanceFen = readAmount(cells.balance)
  const faults: BankFault[] = []
  const fault = (code: BankFault['code'], column: Column): void => void faults.push({ line, code, column })
  if (on === undefined) fault('date', 'date')
  if (reference === undefined) fault('reference', 'bank_reference')
  if (lineNo === undefined) fault('line_no', 'line_no')
  if (amountFen === undefined || amountFen === 0) fault('amount', 'amount')
  if (balanceFen === undefined) fault('balance', 'balance')
  if (cells.text.length > TEXT_CHARS) fault('text', 'text')
  if (
    faults.length > 0 ||
    on === undefined ||
    reference === undefined ||
    lineNo === undefined ||
    amountFen === undefined ||
    balanceFen === undefined
  )
    return { faults }
  const { account, text } = cells
  return { line: { line, account, on, reference, lineNo, amountFen, balanceFen, text }, faults }
}

function repeated(lines: readonly StatementLine[]): BankFault[] {
  const seen = new Set<string>()
  return lines.flatMap(({ line, account, reference, lineNo }): BankFault[] => {
    const key = `${account}/${reference}/${lineNo}`
    if (seen.has(key)) return [{ line, code: 'duplicate' }]
    seen.add(key)
    return []
  })
}
