import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Entry } from '../entry.ts'
import type { FundHead, FundId } from '../fund.ts'
import type { Hold } from '../hold.ts'
import type { LedgerStore } from '../ledger-store.ts'
import type { SubBalance } from '../sub-account.ts'
import type { KnownPoint, Projections, Verdict } from './verifier.ts'
import { createVerifier } from './verifier.ts'

/** Mark of the folder's form. */
const FORMAT = 'jiujinan-ledger/1'

/**
 * Writes the ledger into a folder of NDJSON files that anybody can verify without us: `entries`, `heads`, `holds`, `parts`, and a
 * `manifest.json` that names their form.
 *
 * The folder appears when it is complete, never half.
 *
 * @param folder - must not exist, or be empty
 * @param exportedAt - RFC 3339
 * @throws Error in one line when the folder is in use
 */
export async function exportLedger(
  ledger: LedgerStore,
  folder: string,
  exportedAt: string,
  fundId?: FundId,
): Promise<void> {
  await requireEmpty(folder)
  const half = `${folder}.part`
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { recursive: true })
  const { heads, holds = [], subs = [] } = await ledger.projections(fundId === undefined ? undefined : [fundId])
  await writeLines(join(half, 'entries.ndjson'), entriesOf(ledger, heads))
  await writeLines(join(half, 'heads.ndjson'), heads)
  await writeLines(join(half, 'holds.ndjson'), holds)
  await writeLines(join(half, 'parts.ndjson'), subs)
  await writeFile(
    join(half, 'manifest.json'),
    `${JSON.stringify({ format: FORMAT, exportedAt, funds: heads.length })}\n`,
  )
  await rm(folder, { recursive: true, force: true })
  await rename(half, folder)
}

/**
 * Verifies an exported folder: no database, nothing trusted but the entries and, when given, an older export.
 *
 * @param options.against - an older export: its last entries must still stand where they stood
 * @throws Error in one line when a folder is none of ours or a line is not JSON
 */
export async function verifyExport(folder: string, options: { readonly against?: string } = {}): Promise<Verdict> {
  await requireFormat(folder)
  const verifier = createVerifier()
  for await (const entry of readLines(join(folder, 'entries.ndjson'))) verifier.add(entry as Entry)
  return verifier.finish(
    await readProjections(folder),
    options.against === undefined ? [] : await pointsOf(options.against),
  )
}

async function* entriesOf(ledger: LedgerStore, heads: readonly FundHead[]): AsyncIterable<Entry> {
  for (const { fundId, seq } of heads) yield* ledger.eachEntry(fundId, seq)
}

async function readProjections(folder: string): Promise<Projections> {
  return {
    heads: await allLines<FundHead>(join(folder, 'heads.ndjson')),
    holds: await allLines<Hold>(join(folder, 'holds.ndjson')),
    subs: await allLines<SubBalance>(join(folder, 'parts.ndjson')),
  }
}

async function pointsOf(older: string): Promise<KnownPoint[]> {
  await requireFormat(older)
  const heads = await allLines<FundHead>(join(older, 'heads.ndjson'))
  return heads.map(({ fundId, seq, hash }) => ({ fundId, seq, hash }))
}

async function writeLines(file: string, rows: AsyncIterable<unknown> | Iterable<unknown>): Promise<void> {
  const lines = async function* (): AsyncGenerator<string> {
    for await (const row of rows) yield `${JSON.stringify(row)}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(file, { flush: true }))
}

async function* readLines(file: string): AsyncIterable<unknown> {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1
    if (line === '') continue
    yield parsed(line, `${file}:${number}`)
  }
}

async function allLines<Row>(file: string): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of readLines(file)) rows.push(row as Row)
  return rows
}

function parsed(line: string, place: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`${place} 不是 JSON · is not JSON`)
  }
}

async function requireEmpty(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const found = await readdir(folder).catch(() => [])
  if (found.length > 0) throw new Error(`${folder} 不是空文件夹 · is not empty; nothing was written`)
}

async function requireFormat(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '{}')
  const manifest = parsed(text, join(folder, 'manifest.json')) as { readonly format?: string } | null
  if (manifest?.format !== FORMAT) throw new Error(`${folder} 不是账目导出 · is no export of a ledger`)
}
