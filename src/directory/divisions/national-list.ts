import { parse } from 'csv-parse/sync'
import { canonicalDivisionCode } from '../../shared/division-code.ts'

/** The four files of a folder of lists, from the top of the tree. */
export const LIST_FILES = ['provinces.csv', 'cities.csv', 'areas.csv', 'streets.csv'] as const

/** A row of such a list. */
export interface ListedDivision {
  readonly code: string
  readonly name: string
}

/**
 * Reads one list with the columns `code` and `name` (others are ignored), as published by the statistics bureau.
 *
 * Such a list is no authority: it has pseudo-units, gaps and old codes, and no validity. It serves trying and measuring.
 *
 * @param text - the CSV file's content, UTF-8, with a header
 * @throws Error naming the first line whose code is no division code
 */
export function parseDivisionList(text: string): ListedDivision[] {
  const rows = parse(text, { bom: true, columns: true, skip_empty_lines: true, relax_column_count: true })
  return rows.flatMap((row, i) => {
    const { code, name } = row as Partial<Record<string, string>>
    const canonical = canonicalDivisionCode(code ?? '')
    if (canonical === null || !name) throw new Error(`line ${i + 2}: no division code: ${code ?? ''}`)
    return [{ code: canonical, name }]
  })
}

/** Lists laid together; of two rows for one division the upper list's stays (金门县 350527 and its row 350527000). */
export function joinLists(lists: readonly (readonly ListedDivision[])[]): ListedDivision[] {
  const byCode = new Map<string, ListedDivision>()
  for (const division of lists.flat()) if (!byCode.has(division.code)) byCode.set(division.code, division)
  return [...byCode.values()]
}
