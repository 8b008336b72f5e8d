import { createExchangeControl } from '../../src/platform/telephony/index.ts'
import { startProduct } from './product.ts'
import type { BenchOptions, BenchRow } from './row.ts'
import { percentiles } from './row.ts'

/** Calls in progress at once. Source: issue A, "Speed and size". */
const CALLS = 50

/** Rounds of fifty that are measured. */
const ROUNDS = 6

/**
 * Fifty calls, their webhooks spread over one second, as the exchange times each webhook from sending to TwiML. A first round is not
 * measured: a line that has just been started is no line in service.
 */
export async function run(_options: BenchOptions): Promise<BenchRow[]> {
  const product = await startProduct()
  try {
    const control = createExchangeControl(product.exchangeUrl)
    await ring(control, CALLS)
    const durations: number[] = []
    let lost = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const sids = await ring(control, CALLS)
      const webhooks = (await control.webhooks()).filter(
        ({ kind, params }) => kind === 'voice' && sids.has(params['CallSid'] ?? ''),
      )
      durations.push(...webhooks.map(({ ms }) => ms))
      const answered = new Set(webhooks.filter(({ status }) => status === 200).map(({ params }) => params['CallSid']))
      lost += sids.size - answered.size
    }
    return [{ name: `phone-${CALLS}`, ...percentiles(durations), rssMb: await product.webRssMb(), lost }]
  } finally {
    await product.stop()
  }
}

/** Places calls over one second, lets them ring, ends them over one second. */
async function ring(control: ReturnType<typeof createExchangeControl>, count: number): Promise<ReadonlySet<string>> {
  const sids = new Set<string>()
  for (let call = 0; call < count; call += 1) {
    const from = `128${String(10_000_000 + call)}`
    sids.add(await control.call({ from, to: '12320614000' }))
    await new Promise((resolve) => setTimeout(resolve, 1_000 / count))
  }
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  for (const sid of sids) {
    await control.hangUp(sid).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 1_000 / count))
  }
  await control.idle(5_000)
  return sids
}
