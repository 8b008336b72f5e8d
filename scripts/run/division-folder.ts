import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ListedDivision } from '../../src/directory/divisions/index.ts'
import { LIST_FILES, joinLists, parseDivisionList } from '../../src/directory/divisions/index.ts'

/**
 * Reads a folder of division lists (provinces.csv, cities.csv, areas.csv, streets.csv).
 *
 * @throws Error with one line naming the file that is missing or wrong
 */
export async function readDivisionFolder(folder: string): Promise<ListedDivision[]> {
  const lists: ListedDivision[][] = []
  for (const file of LIST_FILES) lists.push(parseFile(join(folder, file), await readList(join(folder, file))))
  return joinLists(lists)
}

async function readList(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new Error(`读不到区划名录 ${file} · cannot read the division list ${file}`)
  }
}

function parseFile(file: string, text: string): ListedDivision[] {
  try {
    return parseDivisionList(text)
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
