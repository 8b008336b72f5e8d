import { startProduct } from './product.ts'
import { inTurn, sendIntake, TOWNSHIPS } from './requests.ts'
import type { BenchOptions, BenchRow } from './row.ts'
import { percentiles } from './row.ts'

/** Connections that register one request after the other. Source: issue A, "Speed and size". */
const CONNECTIONS = 10

/** Runs before it is measured. Seconds. */
const WARM_UP_SECONDS = 3

/** Intake, case, routing, clocks, journal and outbox in one transaction, through the API. */
export async function run({ seconds }: BenchOptions): Promise<BenchRow[]> {
  const product = await startProduct('jiujinan_bench')
  try {
    const tokens = await Promise.all(['O1', 'O2', 'O3', 'O4', 'O5', 'O6'].map((account) => product.tokenOf(account)))
    await load(product.address, tokens, CONNECTIONS, WARM_UP_SECONDS)
    const { durations, elapsed } = await load(product.address, tokens, CONNECTIONS, seconds)
    const row = {
      name: `intake-${CONNECTIONS}`,
      perSecond: Math.round(durations.length / elapsed),
      ...percentiles(durations),
      rssMb: await product.webRssMb(),
      lost: 0,
    }
    return [row]
  } finally {
    await product.stop()
  }
}

async function load(address: string, tokens: readonly string[], connections: number, seconds: number) {
  const token = inTurn(tokens)
  const township = inTurn(TOWNSHIPS)
  const durations: number[] = []
  const startedAt = performance.now()
  const until = startedAt + seconds * 1_000
  const connection = async (): Promise<void> => {
    const own = token()
    while (performance.now() < until) durations.push((await sendIntake(address, own, township())).ms)
  }
  await Promise.all(Array.from({ length: connections }, connection))
  return { durations, elapsed: (performance.now() - startedAt) / 1_000 }
}
