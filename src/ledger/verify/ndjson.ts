import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Characters read at once. */
const CHUNK = 1 << 20

/** Writes one JSON value a line. @param write - how, when not as JSON does */
export async function writeLines(
  file: string,
  rows: AsyncIterable<unknown> | Iterable<unknown>,
  write: (row: unknown) => string = JSON.stringify,
): Promise<void> {
  const lines = async function* (): AsyncGenerator<string> {
    for await (const row of rows) yield `${write(row)}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(file, { flush: true }))
}

/** Hands over every value of a file, in order. @throws Error in one line for a line that is not JSON, naming it */
export async function eachLine(file: string, use: (value: unknown, line: string) => void): Promise<void> {
  let number = 0
  let rest = ''
  const take = (line: string): void => {
    number += 1
    if (line !== '') use(parsedJson(line, file, number), line)
  }
  for await (const chunk of createReadStream(file, {
    encoding: 'utf8',
    highWaterMark: CHUNK,
  }) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(take)
  }
  take(rest)
}

/** All values of a file. A file that is not there has none, where that is said to be fine. */
export async function allLines<Row>(file: string, { optional = false } = {}): Promise<Row[]> {
  const rows: Row[] = []
  try {
    await eachLine(file, (value) => rows.push(value as Row))
  } catch (error) {
    if (!optional || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return rows
}

/**
 * @param place - named when the text is not JSON
 * @param number - of the line, named with it
 */
export function parsedJson(text: string, place: string, number?: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${place}${number === undefined ? '' : `:${number}`} 不是 JSON · is not JSON`)
  }
}
