import { stringify } from 'csv-stringify/sync'
import type { SheetData } from 'write-excel-file/node'
import writeXlsx from 'write-excel-file/node'
import type { Presenter } from '../../platform/views/index.ts'
import { accountName, fundTitle, kindName } from '../fund-words.ts'
import type { ProvenStatement } from './proven-statement.ts'
import type { StatementItem, StatementRow } from './statement.ts'

/** A cell of a sheet: a text, or a sum in whole fen. */
type SheetCell = string | { readonly fen: number }

/** A statement as rows of a sheet: accounts, entries, seal and checkpoint, each with its heading. */
function sheetOf(statement: ProvenStatement, present: Presenter): SheetCell[][] {
  const { t } = present
  const c = (key: string): string => t(`ledger:statement.column.${key}`)
  const { rows, items, period, state } = statement
  return [
    [fundTitle(statement, present), period, t(`ledger:statement.state.${state}`)],
    [],
    ['account', 'opening', 'debit', 'credit', 'lateDebit', 'lateCredit', 'closing'].map(c),
    ...rows.map((row) => accountRow(row, present)),
    [],
    ['voucher', 'bookedAt', 'effectiveOn', 'lateFor', 'kind', 'case', 'amount', 'in', 'out', 'hash'].map(c),
    ...items.map((item) => itemRow(item, present)),
    ...proofRows(statement, present),
  ]
}

/** A statement as CSV, with a byte-order mark, so that office programs read its characters. */
export function statementCsv(statement: ProvenStatement, present: Presenter): string {
  const rows = sheetOf(statement, present).map((row) => row.map((cell) => (isSum(cell) ? yuan(cell.fen) : cell)))
  return stringify(rows, { bom: true, escape_formulas: true, record_delimiter: 'windows' })
}

/** A statement as a workbook of one sheet. Sums are numbers with two decimals. */
export async function statementXlsx(statement: ProvenStatement, present: Presenter): Promise<Buffer> {
  const data: SheetData = sheetOf(statement, present).map((row, index) =>
    row.map((cell) =>
      isSum(cell)
        ? { value: cell.fen / 100, type: Number, format: '#,##0.00' }
        : { value: cell, type: String, ...(index === 0 ? { fontWeight: 'bold' as const } : {}) },
    ),
  )
  const columns = [24, 22, 14, 14, 22, 16, 14, 14, 14, 66].map((width) => ({ width }))
  return writeXlsx(data, { columns, sheet: statement.period }).toBuffer()
}

function accountRow(row: StatementRow, present: Presenter): SheetCell[] {
  const { account, openingFen, debitFen, creditFen, lateDebitFen, lateCreditFen, closingFen } = row
  const sums = [openingFen, debitFen, creditFen, lateDebitFen, lateCreditFen, closingFen]
  return [accountName(account, present), ...sums.map((sum) => ({ fen: sum }))]
}

function itemRow(item: StatementItem, present: Presenter): SheetCell[] {
  const { seq, bookedAt, effectiveOn, lateFor = '', kind, caseNo = '', amountFen, moneyChangeFen, hash } = item
  return [
    String(seq),
    present.machineTime(bookedAt),
    effectiveOn,
    lateFor,
    kindName(kind, present),
    caseNo,
    { fen: amountFen },
    { fen: Math.max(moneyChangeFen, 0) },
    { fen: Math.max(0 - moneyChangeFen, 0) },
    hash,
  ]
}

function proofRows({ seal, checkpoint }: ProvenStatement, { t }: Presenter): SheetCell[][] {
  const p = (key: string): string => t(`ledger:statement.proof.${key}`)
  return [
    ...(seal
      ? [
          [],
          [p('closeSeq'), String(seal.closeSeq)],
          [p('closeHash'), seal.closeHash],
          [p('seal'), seal.seal],
          [p('sealKey'), seal.key],
          [p('sealSignature'), seal.signature],
        ]
      : []),
    ...(checkpoint
      ? [
          [],
          [p('origin'), checkpoint.origin],
          [p('size'), String(checkpoint.size)],
          [p('root'), checkpoint.root],
          [p('at'), checkpoint.at],
          [p('points'), checkpoint.points],
          [p('key'), checkpoint.key],
          [p('signature'), checkpoint.signature],
        ]
      : []),
  ]
}

function isSum(cell: SheetCell): cell is { readonly fen: number } {
  return typeof cell !== 'string'
}

/** `1234.50`; below zero with the minus sign of print, which no program takes for a formula. */
function yuan(fen: number): string {
  const whole = Math.abs(fen)
  return `${fen < 0 ? '−' : ''}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`
}
