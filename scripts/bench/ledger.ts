import { connectMongo } from '../../src/platform/mongo/index.ts'
import type { LedgerServices } from '../../src/ledger/index.ts'
import { say } from '../run/say.ts'
import { surroundings, withDatabase } from '../run/services-environment.ts'
import type { Series } from './ledger/compare.ts'
import { interleave, ratio, ratioRange, rowOf } from './ledger/compare.ts'
import { withHistory } from './ledger/history.ts'
import type { Medici } from './ledger/medici.ts'
import { openMedici } from './ledger/medici.ts'
import { checkOurs, openOurs, ours, oursOneByOne } from './ledger/ours.ts'
import type { BenchOptions, BenchRow } from './row.ts'
import { measureVerify } from './verify-export.ts'

/** Funds and clients of each row. */
const POINTS = [
  [1, 1],
  [1, 8],
  [1, 32],
  [50, 32],
] as const

/** Connections of each side. */
const POOL = 40

const HISTORY = 100_000

/**
 * Our ledger beside medici, on the same database, from the same process, under the same write concern: durable advances that can never
 * overdraw. What each side acknowledged is compared with what it stored after every run, and at the end every chain of ours is derived again.
 *
 * @param seconds - of each contender at each point, spread over its runs
 */
export async function run({ seconds }: BenchOptions): Promise<BenchRow[]> {
  const { env, services } = await surroundings({ log: say, makeSecrets: false })
  const uri = withDatabase(env['MONGODB_URI'] ?? '', 'jiujinan_bench_ledger')
  const connection = await connectMongo(uri, { maxPoolSize: POOL })
  const ledger = await openOurs(connection)
  const medici = await openMedici(uri, POOL)
  try {
    const rows: BenchRow[] = []
    for (const [funds, clients] of POINTS) rows.push(...(await compare(ledger, medici, { funds, clients, seconds })))
    rows.push(await history(ledger, seconds))
    rows.push(await measureVerify())
    await checkOurs(ledger)
    await connection.dropDatabase()
    return rows
  } finally {
    await medici.close()
    await connection.close()
    await services.stop()
  }
}

/** The row of a point; at 1/32 also what group commit alone makes of it. */
async function compare(
  ledger: LedgerServices,
  medici: Medici,
  point: { readonly funds: number; readonly clients: number; readonly seconds: number },
): Promise<BenchRow[]> {
  const name = `${point.funds}/${point.clients}`
  const isGroupRow = name === '1/32'
  const contenders = [ours(ledger), medici.alone, medici.queued, ...(isGroupRow ? [oursOneByOne(ledger)] : [])]
  const [mine, theirs, queued, oneByOne] = (await interleave(contenders, point)) as [Series, Series, Series, Series?]
  const group = rowOf(`group-${name}`, mine)
  const row = {
    ...rowOf(name, mine),
    ratioMedici: ratio(mine, theirs),
    ratioMediciRange: ratioRange(mine, theirs),
    ...(point.clients > 1
      ? { ratioMediciQueued: ratio(mine, queued), ratioMediciQueuedRange: ratioRange(mine, queued) }
      : {}),
    mediciPerSecond: rowOf(name, theirs).perSecond,
    mediciP99Ms: rowOf(name, theirs).p99Ms,
  }
  if (!oneByOne) return [row]
  return [row, { ...group, oneByOnePerSecond: rowOf(name, oneByOne).perSecond, ratioOneByOne: ratio(mine, oneByOne) }]
}

async function history(ledger: LedgerServices, seconds: number): Promise<BenchRow> {
  const old = await withHistory(ledger, HISTORY)
  const [aged, empty] = (await interleave([old, ours(ledger)], { funds: 1, clients: 8, seconds })) as [Series, Series]
  return { ...rowOf('history-100k', aged), ratio: ratio(aged, empty), ratioRange: ratioRange(aged, empty) }
}
