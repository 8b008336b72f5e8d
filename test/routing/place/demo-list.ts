import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  LIST_FILES,
  joinLists,
  parseDivisionList,
  parseDivisionsCsv,
  problemText,
  toPlaceDivision,
} from '../../../src/directory/divisions/index.ts'
import type { PlaceDivision } from '../../../src/routing/place/index.ts'

/** The divisions that the demo brings along. */
export function demoDivisions(): PlaceDivision[] {
  const text = readFileSync('scripts/demo/divisions.csv', 'utf8')
  const { rows, problems } = parseDivisionsCsv(text, 'demo')
  if (problems.length > 0) throw new Error(problems.map(problemText).join('\n'))
  return rows.map(({ division }) => toPlaceDivision(division))
}

/** The national list, when this machine has it; `DIVISIONS_DIR` names its folder. */
export function nationalDivisions(): PlaceDivision[] | undefined {
  const folder = process.env['DIVISIONS_DIR'] ?? '../shared/data/divisions'
  if (!LIST_FILES.every((file) => existsSync(join(folder, file)))) return undefined
  return joinLists(LIST_FILES.map((file) => parseDivisionList(readFileSync(join(folder, file), 'utf8'))))
}
