import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PlainJson } from '../../shared/canonical-json.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { Entry } from '../entry.ts'
import type { FundHead } from '../fund.ts'
import { readFundId } from '../fund.ts'
import type { Hold } from '../hold.ts'
import type { LedgerStore } from '../ledger-store.ts'
import type { Seal } from '../periods/seal.ts'
import type { Checkpoint } from '../proof/checkpoint.ts'
import type { LedgerKey } from '../proof/ledger-key.ts'
import type { Leaf } from '../proof/tree-store.ts'
import type { SubBalance } from '../sub-account.ts'
import type { ProofStores, Scope } from './gather-proof.ts'
import { gatherProof } from './gather-proof.ts'
import { allLines, eachLine, parsedJson, writeLines } from './ndjson.ts'
import type { KeptCheckpoint, ProofMaterial } from './proof-material.ts'
import type { KnownPoint, Projections, Verdict } from './verifier.ts'
import { createVerifier } from './verifier.ts'

/** Mark of the folder's form. */
const FORMAT = 'jiujinan-ledger/1'

/** What is written: a part of the ledger, with its proofs when somebody keeps them. */
export interface ExportOptions extends Scope {
  readonly proof?: ProofStores
}

/**
 * Writes the ledger into a folder of NDJSON files that anybody can verify without us: `entries`, `heads`, `holds`, `parts`, `leaves`,
 * `checkpoints`, `cosignatures`, `seals`, the public `keys.json`, and a `manifest.json` that names their form.
 *
 * The folder appears when it is complete, never half. Nothing in it names a person.
 *
 * @param folder - must not exist, or be empty
 * @param exportedAt - RFC 3339
 * @throws Error in one line when the folder is in use
 */
export async function exportLedger(
  ledger: LedgerStore,
  folder: string,
  exportedAt: string,
  options: ExportOptions = {},
): Promise<void> {
  await requireEmpty(folder)
  const half = `${folder}.part`
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { recursive: true })
  if (options.proof) await writeProof(half, ledger, options, options.proof)
  const funds = await writeBooks(half, ledger, options)
  await writeFile(
    join(half, 'manifest.json'),
    `${JSON.stringify({ format: FORMAT, exportedAt, funds, ...scopeOf(options) })}\n`,
  )
  await rm(folder, { recursive: true, force: true })
  await rename(half, folder)
}

function scopeOf({ fundId, county }: Scope): Scope {
  if (fundId !== undefined) return { fundId }
  return county === undefined ? {} : { county }
}

/** What is known from outside when an export is verified. */
export interface OutsideKnowledge {
  /** An older export: its last entries and its checkpoints must still stand. */
  readonly against?: string
  /** A file of public keys known before, as `keys.json` of an export. */
  readonly keys?: string
  /** A file of kept checkpoints: signed notes, or lines of `checkpoints.ndjson`. */
  readonly checkpoints?: string
}

/**
 * Verifies an exported folder: no database, nothing trusted but the entries and what is known from outside.
 *
 * @throws Error in one line when a folder is none of ours or a line is not JSON
 */
export async function verifyExport(folder: string, outside: OutsideKnowledge = {}): Promise<Verdict> {
  await requireFormat(folder)
  const verifier = createVerifier()
  await eachLine(join(folder, 'entries.ndjson'), (entry, line) => verifier.add(entry as Entry, line))
  const { against } = outside
  return verifier.finish(
    await readProjections(folder),
    against === undefined ? [] : await pointsOf(against),
    await readProof(folder, outside),
  )
}

/** Kept checkpoints out of a file: lines of JSON, or signed notes one after another. */
export function readKept(text: string): KeptCheckpoint[] {
  if (/^\s*\{/.test(text))
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, index) => parsedJson(line, `checkpoint ${index + 1}`) as KeptCheckpoint)
  const notes = text.replaceAll('\r\n', '\n').match(/(?:[^\n—][^\n]*\n)+\n(?:— [^\n]+(?:\n|$))+/g) ?? []
  return notes.map((note) => ({ note: note.endsWith('\n') ? note : `${note}\n` }))
}

/** The entries of one fund out of an export, in order. */
export async function entriesOfExport(folder: string, fundId: string): Promise<Entry[]> {
  await requireFormat(folder)
  const entries: Entry[] = []
  await eachLine(join(folder, 'entries.ndjson'), (entry) => {
    if ((entry as Entry).fundId === fundId) entries.push(entry as Entry)
  })
  return entries
}

/** What an export says besides its entries, with what is known from outside. */
export async function readProof(folder: string, outside: OutsideKnowledge = {}): Promise<ProofMaterial> {
  const { against, keys, checkpoints } = outside
  const { fundId } = await requireFormat(folder)
  const leaves = await allLines<Leaf>(join(folder, 'leaves.ndjson'), { optional: true })
  return {
    leaves,
    ...(fundId === undefined ? {} : { only: fundId }),
    checkpoints: await allLines<Checkpoint>(join(folder, 'checkpoints.ndjson'), { optional: true }),
    seals: await allLines<Seal>(join(folder, 'seals.ndjson'), { optional: true }),
    keys: await readKeys(join(folder, 'keys.json'), true),
    kept: [
      ...(checkpoints === undefined ? [] : readKept(await readFile(checkpoints, 'utf8'))),
      ...(against === undefined
        ? []
        : await allLines<KeptCheckpoint>(join(against, 'checkpoints.ndjson'), { optional: true })),
    ],
    ...(keys === undefined ? {} : { trusted: await readKeys(keys) }),
  }
}

/** Public keys out of a file like `keys.json` of an export. @throws Error in one line when it is none */
export async function readKeys(file: string, isOptional = false): Promise<LedgerKey[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isOptional && (error as NodeJS.ErrnoException).code === 'ENOENT') return '[]'
    throw error
  })
  const keys = parsedJson(text, file)
  if (Array.isArray(keys)) return keys as LedgerKey[]
  throw new Error(`${file} 不是公钥列表 · is no list of keys`)
}

async function writeBooks(half: string, ledger: LedgerStore, scope: Scope): Promise<number> {
  const fundIds = await fundIdsOf(ledger, scope)
  const { heads, holds = [], subs = [] } = await ledger.projections(fundIds)
  const entries = async function* (): AsyncIterable<Entry> {
    for (const { fundId, seq } of heads) yield* ledger.eachEntry(fundId, seq)
  }
  await writeLines(join(half, 'entries.ndjson'), entries(), (entry) => canonicalJson(entry as PlainJson))
  await writeLines(join(half, 'heads.ndjson'), heads)
  await writeLines(join(half, 'holds.ndjson'), holds)
  await writeLines(join(half, 'parts.ndjson'), subs)
  return heads.length
}

async function writeProof(half: string, ledger: LedgerStore, scope: Scope, stores: ProofStores): Promise<void> {
  const proof = await gatherProof(stores, await countiesOf(ledger, scope), scope)
  await writeLines(join(half, 'leaves.ndjson'), proof.leaves ?? [])
  await writeLines(join(half, 'checkpoints.ndjson'), proof.checkpoints)
  await writeLines(join(half, 'cosignatures.ndjson'), proof.cosignatures)
  await writeLines(join(half, 'seals.ndjson'), proof.seals)
  await writeFile(join(half, 'keys.json'), `${JSON.stringify(proof.keys, undefined, 2)}\n`)
}

/** The counties a part of the ledger lies in. */
export async function countiesOf(ledger: LedgerStore, { fundId, county }: Scope): Promise<string[]> {
  if (county !== undefined) return [county]
  const fundIds = fundId === undefined ? await ledger.fundsWithEntries() : [fundId]
  return [...new Set(fundIds.flatMap((id) => readFundId(id)?.county ?? []))].sort()
}

async function fundIdsOf(ledger: LedgerStore, { fundId, county }: Scope): Promise<string[] | undefined> {
  if (fundId !== undefined) return [fundId]
  if (county === undefined) return undefined
  return (await ledger.headsOf(county)).map((head) => head.fundId)
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

async function requireEmpty(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const found = await readdir(folder).catch(() => [])
  if (found.length > 0) throw new Error(`${folder} 不是空文件夹 · is not empty; nothing was written`)
}

async function requireFormat(folder: string): Promise<Scope> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '{}')
  const manifest = parsedJson(text, join(folder, 'manifest.json')) as (Scope & { readonly format?: string }) | null
  if (manifest?.format === FORMAT) return manifest
  throw new Error(`${folder} 不是账目导出 · is no export of a ledger`)
}
