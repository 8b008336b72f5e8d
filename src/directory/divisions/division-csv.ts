import { parse } from 'csv-parse/sync'
import { canonicalDivisionCode, levelOfDivision } from '../../shared/division-code.ts'
import type { Division } from './division.ts'
import { countyOf, kindOfDivision } from './division.ts'
import type { DivisionProblem, ProblemCode } from './division-problems.ts'

/** Columns of an import. `code` and `name` must be there, the others may. */
export const DIVISION_COLUMNS = [
  'code',
  'name',
  'validFrom',
  'validTo',
  'successor',
  'aliases',
  'shortNames',
  'responsibleUnit',
] as const

type Column = (typeof DIVISION_COLUMNS)[number]

/** A row that reads well by itself; whether it fits the others is checked later. */
export interface DivisionRow {
  readonly line: number
  readonly division: Division
}

export interface ParsedDivisions {
  readonly rows: readonly DivisionRow[]
  readonly problems: readonly DivisionProblem[]
}

/** Longest name. Characters; the longest published one has 24. */
const MAX_NAME = 60

/**
 * Reads the rows of an import, each by itself. Lists inside a field are separated by `|`; a line starting with `#` is a
 * comment.
 *
 * @param text - the file's content
 * @param source - kept with every division: file name and day
 */
export function parseDivisionsCsv(text: string, source: string): ParsedDivisions {
  const read = readRecords(text)
  if ('code' in read) return { rows: [], problems: [read] }
  const problems = headerProblems(read.header)
  if (problems.length > 0) return { rows: [], problems }
  if (read.records.length === 0) return { rows: [], problems: [{ line: 1, code: 'empty_file', value: '' }] }
  return parseRecords(read.records, source)
}

/** Bytes as text: UTF-8, or GB18030 as Chinese spreadsheets write it. */
export function decodeCsv(bytes: Uint8Array): { text: string; encoding: 'UTF-8' | 'GB18030' } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' }
  } catch {
    return { text: new TextDecoder('gb18030').decode(bytes), encoding: 'GB18030' }
  }
}

interface CsvRecord {
  readonly line: number
  readonly cells: Readonly<Partial<Record<string, string>>>
}

function readRecords(text: string): { header: string[]; records: CsvRecord[] } | DivisionProblem {
  let header: string[] = []
  try {
    const rows = parse(text, {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      columns: (names: string[]) => (header = names.map((name) => name.trim())),
      info: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
      trim: true,
    }) as unknown as readonly { info: { lines: number }; record: Record<string, string> }[]
    return { header, records: rows.map(({ info, record }) => ({ line: info.lines, cells: record })) }
  } catch (error) {
    const line = (error as { lines?: number }).lines ?? 1
    return { line, code: 'not_csv', value: error instanceof Error ? error.message : String(error) }
  }
}

function headerProblems(header: readonly string[]): DivisionProblem[] {
  const missing = ['code', 'name'].filter((column) => !header.includes(column))
  const unknown = header.filter((name) => !(DIVISION_COLUMNS as readonly string[]).includes(name))
  const problem = (code: ProblemCode, names: string[]): DivisionProblem[] =>
    names.length > 0 ? [{ line: 1, code, value: names.join(', ') }] : []
  return [...problem('columns', missing), ...problem('unknown_column', unknown)]
}

function parseRecords(records: readonly CsvRecord[], source: string): ParsedDivisions {
  const rows: DivisionRow[] = []
  const problems: DivisionProblem[] = []
  const seen = new Set<string>()
  for (const { line, cells } of records) {
    const cell = (column: Column) => cells[column] ?? ''
    const found = recordProblems(cell).map(([code, value]) => ({ line, code, value }))
    const code = canonicalDivisionCode(cell('code'))
    if (code !== null && seen.has(code)) found.push({ line, code: 'code_twice', value: code })
    if (code !== null) seen.add(code)
    if (found.length > 0 || code === null) problems.push(...found)
    else rows.push({ line, division: divisionOf(code, cell, source) })
  }
  return { rows, problems }
}

function recordProblems(cell: (column: Column) => string): [ProblemCode, string][] {
  const problems: [ProblemCode, string][] = []
  const require = (isRight: boolean, code: ProblemCode, value: string) => {
    if (!isRight) problems.push([code, value])
  }
  const [from, to, name] = [cell('validFrom'), cell('validTo'), cell('name')]
  require(canonicalDivisionCode(cell('code')) !== null, 'code', cell('code'))
  require(name !== '', 'name_missing', '')
  require(name === '' || isName(name), 'name_odd', name)
  require(from === '' || isDay(from), 'valid_from', from)
  require(to === '' || isDay(to), 'valid_to', to)
  require(from === '' || to === '' || from < to, 'period', `${from} – ${to}`)
  require(cell('successor') === '' || to !== '', 'successor_without_end', cell('successor'))
  for (const code of listed(cell('successor'))) require(canonicalDivisionCode(code) !== null, 'successor', code)
  for (const alias of [...listed(cell('aliases')), ...listed(cell('shortNames'))]) {
    require(isName(alias), 'name_odd', alias)
  }
  const unit = cell('responsibleUnit')
  require(unit === '' || /^(?:\d{6}|\d{9})$/.test(unit), 'responsible', unit)
  return problems
}

function divisionOf(code: string, cell: (column: Column) => string, source: string): Division {
  return {
    _id: code,
    name: cell('name'),
    level: levelOfDivision(code),
    kind: kindOfDivision(code, cell('name')),
    county: countyOf(code),
    validFrom: cell('validFrom') || null,
    validTo: cell('validTo') || null,
    successors: listed(cell('successor')).map((successor) => canonicalDivisionCode(successor) ?? successor),
    aliases: listed(cell('aliases')),
    shortNames: listed(cell('shortNames')),
    responsibleUnit: cell('responsibleUnit') || null,
    source,
  }
}

function listed(cell: string): string[] {
  return cell
    .split('|')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function isName(name: string): boolean {
  return name.length <= MAX_NAME && !/[\p{Cc}\p{Cf}�|<>]/u.test(name)
}

/** A real day of the calendar: 2020-02-30 is none. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text
}
