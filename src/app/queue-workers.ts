import { fireDeadlineJob } from '../../workers/deadlines.worker.ts'
import { sweepDeadlines } from '../deadlines/index.ts'
import { createQueues } from '../platform/queues/index.ts'
import type { Services } from './services.ts'

/** How often clocks are looked at. Milliseconds. */
const SWEEP_MS = 1_000

/**
 * Begins to work the queues and to sweep the clocks.
 *
 * @returns stops taking jobs and waits for those under way
 */
export async function startQueueWorkers(services: Services): Promise<() => Promise<void>> {
  const { config, log } = services
  const queues = createQueues({ redisUrl: config.redisUrl, prefix: services.installation, log })
  queues.process('deadlines', undefined, (payload) => fireDeadlineJob(services, payload))
  const wakeDeadline: Parameters<typeof sweepDeadlines>[0]['wakeDeadline'] = ({ _id, county, version }, delayMs) =>
    queues.add('deadlines', { _id, county, version }, { delayMs, jobId: `${_id}/${version}` })

  let sweeping: Promise<void> = Promise.resolve()
  const sweep = async (): Promise<void> => {
    const counties = await services.counties()
    await sweepDeadlines({ ...services, wakeDeadline }, counties)
  }
  const timer = setInterval(() => {
    sweeping = sweeping.then(sweep).catch((error: unknown) => log.warn({ err: error }, 'a sweep failed; trying again'))
  }, SWEEP_MS)
  await queues.ping()

  return async () => {
    clearInterval(timer)
    await sweeping
    await queues.close()
  }
}
