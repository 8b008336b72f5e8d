import type { ProductOptions } from './product.ts'
import { startProduct } from './product.ts'
import { inTurn, sendIntake, TOWNSHIPS } from './requests.ts'
import type { BenchOptions, BenchRow } from './row.ts'
import { percentiles } from './row.ts'

/** Connections that register one request after the other. Source: issue A, "Speed and size". */
const CONNECTIONS = 10

/** Runs before it is measured. Seconds. */
const WARM_UP_SECONDS = 3

/**
 * Intake, case, routing, clocks, journal and outbox in one transaction, through the API: first that alone, then with the worker and the
 * exchange on the same two cores, who announce each case, call out its officer and text its caller.
 */
export async function run({ seconds }: BenchOptions): Promise<BenchRow[]> {
  return [
    await measure(`intake-${CONNECTIONS}`, { webOnly: true }, seconds),
    await measure(`intake-${CONNECTIONS}-followed`, { webOnly: false }, seconds),
  ]
}

async function measure(name: string, options: ProductOptions, seconds: number): Promise<BenchRow> {
  const product = await startProduct(options)
  try {
    const tokens = await Promise.all(['O1', 'O2', 'O3', 'O4', 'O5', 'O6'].map((account) => product.tokenOf(account)))
    const warmUp = await load(product.address, tokens, CONNECTIONS, WARM_UP_SECONDS)
    const { durations, elapsed } = await load(product.address, tokens, CONNECTIONS, seconds)
    const kept = await product.services.connection.collection('cases').countDocuments({ county: '320614' })
    const lost = warmUp.durations.length + durations.length - kept
    const perSecond = Math.round(durations.length / elapsed)
    return { name, perSecond, ...percentiles(durations), rssMb: await product.webRssMb(), lost }
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
