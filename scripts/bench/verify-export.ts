import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from '../../src/ledger/index.ts'
import { verifyExport } from '../../src/ledger/index.ts'
import { decide, isRefused } from '../../src/ledger/decide.ts'
import type { Entry } from '../../src/ledger/entry.ts'
import type { FundHead } from '../../src/ledger/fund.ts'
import type { Decision, Ground } from '../../src/ledger/ground.ts'
import { NO_GROUND } from '../../src/ledger/ground.ts'
import type { Hold } from '../../src/ledger/hold.ts'
import { writeLines } from '../../src/ledger/verify/ndjson.ts'
import type { PlainJson } from '../../src/shared/canonical-json.ts'
import { canonicalJson } from '../../src/shared/canonical-json.ts'
import { fen } from '../../src/shared/fen.ts'
import type { BenchRow } from './row.ts'

const COUNTY_FUND = 'county-990614'
const TOWNSHIPS = Array.from({ length: 10 }, (_none, index) => `township-9906141${String(index).padStart(2, '0')}`)
const NO_TERMS = { floatFen: fen(0), lowWaterPercent: 0 }
const START = Date.parse('2026-01-01T00:00:00Z')

/** Entries in the export unless said. */
const ENTRIES = 100_000

/** Best of so many runs over the same export: the first warms the machine. */
const RUNS = 3

/**
 * The row `verify`: how many entries a second `verify-ledger --from` goes through on one core – read, hash, link, replay, compare –
 * on an export of promises and payments in ten funds.
 */
export async function measureVerify(entries = ENTRIES): Promise<BenchRow> {
  const place = await mkdtemp(join(tmpdir(), 'bench-verify-'))
  try {
    const written = await writeExport(place, entries)
    const perSecond: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      const startedAt = performance.now()
      const { faults, entries: seen } = await verifyExport(place)
      if (faults.length > 0 || seen !== written) throw new Error(`bench verify: ${JSON.stringify(faults[0])}`)
      perSecond.push(Math.round(written / ((performance.now() - startedAt) / 1_000)))
    }
    perSecond.sort((a, b) => a - b)
    return {
      name: 'verify',
      entries: written,
      perSecond: perSecond[RUNS >> 1] ?? 0,
      slowest: perSecond[0],
      fastest: perSecond.at(-1),
      rssMb: Math.round(process.memoryUsage().rss / 1e6),
    }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

/** Writes an export without a database: the same rules decide every entry. */
async function writeExport(place: string, wanted: number): Promise<number> {
  const book = new PlainBook()
  for (const fundId of [COUNTY_FUND, ...TOWNSHIPS])
    book.run({ do: 'open-fund', fundId, name: '基准', terms: NO_TERMS, source: book.source() })
  const amountFen = fen(1_000_000_000)
  book.run({ do: 'receive-budget', fundId: COUNTY_FUND, amountFen: fen(100_000_000_000), source: book.source() })
  for (const fundId of TOWNSHIPS) {
    book.run({ do: 'order-appropriation', fundId, amountFen, source: book.source() })
    book.run({ do: 'book-arrival', fundId, amountFen, source: book.source() })
  }
  for (let order = 0; book.entries.length < wanted; order += 1)
    book.pay(TOWNSHIPS[order % TOWNSHIPS.length] ?? '', order)
  await mkdir(place, { recursive: true })
  const sorted = book.entries.sort((a, b) => (a.fundId === b.fundId ? a.seq - b.seq : a.fundId < b.fundId ? -1 : 1))
  await writeLines(join(place, 'entries.ndjson'), sorted, (entry) => canonicalJson(entry as PlainJson))
  await writeLines(join(place, 'heads.ndjson'), book.heads.values())
  await writeLines(join(place, 'holds.ndjson'), book.holds.values())
  await writeLines(join(place, 'parts.ndjson'), book.parts())
  await writeFile(join(place, 'manifest.json'), JSON.stringify({ format: 'jiujinan-ledger/1' }))
  return sorted.length
}

/** The ledger's rules over plain maps that grow in place. */
class PlainBook {
  readonly entries: Entry[] = []
  readonly heads = new Map<string, FundHead>()
  readonly holds = new Map<string, Hold>()
  readonly #parts = new Map<
    string,
    { fundId: string; account: string; sub: string; amountFen: number; since: string }
  >()
  #step = 0

  run(command: Command, actor = 'D-1'): Decision {
    this.#step += 1
    const key = `key-${this.#step}`
    const at = new Date(START + this.#step * 100)
    const ground: Ground = { ...NO_GROUND, heads: this.heads, holds: this.holds }
    const outcome = decide(ground, command, { at, actor, isPerson: true, key, line: 0, bodyHash: 'b'.repeat(64) })
    if (isRefused(outcome)) throw outcome.refusal
    this.entries.push(...outcome.entries)
    for (const head of outcome.heads) this.heads.set(head.fundId, head)
    for (const hold of outcome.holds) this.holds.set(hold.holdId, hold)
    for (const { fundId, account, sub, deltaFen } of outcome.subs) {
      const id = `${fundId}|${account}|${sub}`
      const before = this.#parts.get(id)?.amountFen ?? 0
      this.#parts.set(id, { fundId, account, sub, amountFen: before + deltaFen, since: at.toISOString() })
    }
    return outcome
  }

  pay(fundId: string, order: number): void {
    const { holds } = this.run({
      do: 'place-hold',
      fundId,
      account: 'bank',
      amountFen: fen(100),
      purpose: { use: 'advance', caseNo: `bench-${order}` },
      source: this.source(),
    })
    this.run({ do: 'post-hold', holdId: holds[0]?.holdId ?? '' }, 'K-1')
  }

  parts(): Iterable<unknown> {
    return this.#parts.values()
  }

  source(): { type: string; id: string } {
    return { type: 'payment-order', id: `order-${this.#step}` }
  }
}
