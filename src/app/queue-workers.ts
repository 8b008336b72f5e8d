import { fireDeadlineJob } from '../../workers/deadlines.worker.ts'
import { sendNoticeJob } from '../../workers/notifications.worker.ts'
import { keepFiring } from '../deadlines/index.ts'
import { keepWatch } from '../directory/index.ts'
import { keepProving } from '../ledger/index.ts'
import { keepSending } from '../notifications/index.ts'
import type { Queues } from '../platform/queues/index.ts'
import { keepOwned } from '../routing/index.ts'
import type { ReactingServices } from './reactions.ts'

/**
 * Begins to work the queues, to ask again for what they lost, to sweep the clocks, to watch rosters and owners, and to prove the ledger.
 *
 * @returns stops taking jobs and waits for those under way
 */
export async function startQueueWorkers(services: ReactingServices, queues: Queues): Promise<() => Promise<void>> {
  queues.process('notifications', undefined, (payload) => sendNoticeJob(services, payload))
  queues.process('deadlines', undefined, (payload) => fireDeadlineJob(services, payload))
  const stopFiring = keepFiring({
    ...services,
    wakeDeadline: ({ _id, county, version }, delayMs) =>
      queues.add('deadlines', { _id, county, version }, { delayMs, jobId: `${_id}/${version}` }),
  })
  const stopWatch = keepWatch(services)
  const stopSending = keepSending(services)
  const stopOwned = keepOwned(services)
  const stopProving = keepProving(services)
  await queues.ping()

  return async () => {
    await stopFiring()
    await stopWatch()
    await stopSending()
    await stopOwned()
    await stopProving()
    await queues.close()
  }
}
