import { createHash } from 'node:crypto'
import { CsvError, parse } from 'csv-parse/sync'
import type { BankFault } from './bank-fault.ts'
import { decodeText } from './decode-text.ts'

/** Largest file. Bytes: a page sends it twice, the second time as text. */
export const MAX_FILE_BYTES = 120_000

/** Most lines of a file beside its header. */
export const MAX_FILE_LINES = 1_000

/** The columns of a file: the name we write, and others that are understood. */
export type Columns<Name extends string> = Readonly<Record<Name, readonly string[]>>

/** A line of a file by our names of its columns. */
export interface TableRow<Name extends string> {
  /** Line of the file, 1 being the header. */
  readonly line: number
  readonly cells: Readonly<Record<Name, string>>
}

export interface BankTable<Name extends string> {
  readonly rows: readonly TableRow<Name>[]
  readonly faults: readonly BankFault[]
  /** SHA-256 of the bytes. */
  readonly digest: string
}

/**
 * Reads a comma-separated file with a header line. The columns may stand in any order and more may stand beside them; a line that is not
 * whole, or holds what a spreadsheet would calculate, is a fault.
 *
 * @param signed - columns in which a minus sign is a sign
 */
export function readBankTable<Name extends string>(
  bytes: Uint8Array,
  columns: Columns<Name>,
  signed: readonly Name[] = [],
): BankTable<Name> {
  const digest = createHash('sha256').update(bytes).digest('hex')
  const refused = (fault: BankFault): BankTable<Name> => ({ rows: [], faults: [fault], digest })
  if (bytes.length === 0) return refused({ line: 0, code: 'empty' })
  if (bytes.length > MAX_FILE_BYTES) return refused({ line: 0, code: 'too_large' })
  const text = decodeText(bytes)
  if (text === undefined) return refused({ line: 0, code: 'encoding' })
  const records = recordsOf(text)
  if (!Array.isArray(records)) return refused(records)
  const [header, ...lines] = records
  if (!header || lines.length === 0) return refused({ line: 0, code: 'empty' })
  if (lines.length > MAX_FILE_LINES) return refused({ line: 0, code: 'too_many' })
  if (!/[\r\n]$/.test(text)) return refused({ line: lines.at(-1)?.line ?? 0, code: 'cut_off' })
  const places = placesOf(header.cells, columns)
  if ('code' in places) return refused(places)
  return { ...readLines(lines, header.cells.length, places.at, signed), digest }
}

interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

function recordsOf(text: string): CsvRecord[] | BankFault {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 20_000,
    })
    return (parsed as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      line: info.lines,
      cells: record,
    }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { line: Number((error as CsvError & { records?: unknown }).records ?? 0) + 1, code: 'unreadable' }
  }
}

type Places<Name extends string> = Readonly<Record<Name, number>>

function placesOf<Name extends string>(
  header: readonly string[],
  columns: Columns<Name>,
): { readonly at: Places<Name> } | BankFault {
  const found = header.map(plainName)
  const at: Partial<Record<Name, number>> = {}
  for (const name of Object.keys(columns) as Name[]) {
    const names = new Set([name, ...columns[name]].map(plainName))
    const places = found.flatMap((text, index) => (names.has(text) ? [index] : []))
    if (places.length !== 1) return { line: 1, code: 'columns', column: name }
    at[name] = places[0]
  }
  return { at: at as Places<Name> }
}

function plainName(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '_').toLowerCase()
}

function readLines<Name extends string>(
  lines: readonly CsvRecord[],
  width: number,
  places: Places<Name>,
  signed: readonly Name[],
): { rows: TableRow<Name>[]; faults: BankFault[] } {
  const rows: TableRow<Name>[] = []
  const faults: BankFault[] = []
  const names = Object.keys(places) as Name[]
  for (const { line, cells } of lines) {
    if (cells.length !== width) {
      faults.push({ line, code: 'half_line' })
      continue
    }
    const read = Object.fromEntries(names.map((name) => [name, cells[places[name]] ?? ''])) as Record<Name, string>
    const formula = names.find((name) => isFormula(read[name], signed.includes(name)))
    if (formula) faults.push({ line, code: 'formula', column: formula })
    else rows.push({ line, cells: read })
  }
  return { rows, faults }
}

/** What a spreadsheet would calculate instead of showing. */
function isFormula(cell: string, isSigned: boolean): boolean {
  return isSigned ? /^[=@\t]/.test(cell) : /^[=+@\t-]./.test(cell)
}
