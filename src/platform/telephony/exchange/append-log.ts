import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** Records of one kind by id: newest state in memory, every state appended to a file. */
export interface AppendLog<T> {
  get(id: string): T | undefined
  /** All records, oldest first. */
  all(): IterableIterator<T>
  put(record: T): void
  remove(id: string): void
}

export interface AppendLogOptions<T> {
  /** Where it is kept; in memory alone without. */
  readonly file: string | undefined
  readonly schema: z.ZodType<T>
  readonly idOf: (record: T) => string
  /** Most records kept; the oldest are forgotten. */
  readonly limit: number
}

/**
 * Opens a log: reads what an earlier process left (a torn last line is left out) and rewrites it without repeats.
 */
export function openAppendLog<T>({ file, schema, idOf, limit }: AppendLogOptions<T>): AppendLog<T> {
  const records = new Map<string, T>()
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    for (const record of readRecords(file, schema)) {
      records.delete(idOf(record))
      records.set(idOf(record), record)
    }
    forgetOldest(records, limit)
    rewrite(file, records)
  }

  return {
    get: (id) => records.get(id),
    all: () => records.values(),
    put(record) {
      records.set(idOf(record), record)
      forgetOldest(records, limit)
      if (file !== undefined) appendFileSync(file, lineOf(record), { mode: 0o600 })
    },
    remove(id) {
      if (records.delete(id) && file !== undefined) rewrite(file, records)
    },
  }
}

function readRecords<T>(file: string, schema: z.ZodType<T>): T[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line) => {
    const record = schema.safeParse(parsed(line))
    return record.success ? [record.data] : []
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function rewrite<T>(file: string, records: Map<string, T>): void {
  const fresh = `${file}.new`
  writeFileSync(fresh, [...records.values()].map(lineOf).join(''), { mode: 0o600 })
  renameSync(fresh, file)
}

function lineOf(record: unknown): string {
  return `${JSON.stringify(record)}\n`
}

function forgetOldest<T>(records: Map<string, T>, limit: number): void {
  for (const id of records.keys()) {
    if (records.size <= limit) return
    records.delete(id)
  }
}
