import { seedVolume } from '../run/seed-volume.ts'
import { startProduct } from './product.ts'
import type { BenchOptions, BenchRow } from './row.ts'
import { percentiles } from './row.ts'

/** Sizes of the database. Source: issue A, "Speed and size". */
const SIZES = [
  ['desk-1k', 1_000],
  ['desk-100k', 100_000],
] as const

/** The officer's page, rendered for a signed-in officer, at two sizes of the database. */
export async function run({ seconds }: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const [name, cases] of SIZES) rows.push(await measure(name, cases, seconds))
  return rows
}

async function measure(name: string, cases: number, seconds: number): Promise<BenchRow> {
  const product = await startProduct({ keptDatabase: `jiujinan_${name.replace('-', '_')}` })
  try {
    await seedVolume(product.services, '320614', cases)
    const headers = { authorization: `Bearer ${await product.tokenOf('D-常乐')}`, accept: 'text/html' }
    const load = async (): Promise<number> => {
      const startedAt = performance.now()
      const response = await fetch(`${product.address}/cases`, { headers })
      await response.text()
      if (response.status !== 200) throw new Error(`the desk answered ${response.status}`)
      return performance.now() - startedAt
    }
    for (let warm = 0; warm < 30; warm += 1) await load()
    const durations: number[] = []
    const until = performance.now() + seconds * 1_000
    while (performance.now() < until) durations.push(await load())
    return {
      name,
      perSecond: Math.round(durations.length / seconds),
      ...percentiles(durations),
      rssMb: await product.webRssMb(),
    }
  } finally {
    await product.stop()
  }
}
