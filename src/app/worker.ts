import { createAnnouncer, keepAnnouncing } from '../journal/index.ts'
import { createQueues } from '../platform/queues/index.ts'
import { roomsOf } from '../realtime/index.ts'
import { readConfig } from './config.ts'
import { startQueueWorkers } from './queue-workers.ts'
import type { ReactingServices } from './reactions.ts'
import { reactionsTo } from './reactions.ts'
import { createServices } from './services.ts'

/** A running worker process. */
export interface Worker {
  close(): Promise<void>
}

/**
 * Starts the worker process: announcing what was committed, deadlines, messages going out.
 *
 * @throws ConfigError, or an Error with one line that says what to do
 */
export async function startWorker(
  environment: NodeJS.ProcessEnv,
  options: { handleSignals: boolean },
): Promise<Worker> {
  const services = await createServices(readConfig(environment))
  const { config, connection, redis, feed, log } = services
  const queues = createQueues({ redisUrl: config.redisUrl, prefix: services.installation, log })
  const reacting: ReactingServices = {
    ...services,
    sendLater: (notice) => queues.add('notifications', notice, { jobId: notice.id }),
  }
  const announcer = createAnnouncer({
    connection,
    redis,
    feed,
    roomsOf,
    reactionsTo: (type) => reactionsTo(reacting, type),
    log,
  })
  const onError = (error: unknown): void => log.warn({ err: error }, 'announcing is held up; trying again')
  const stopAnnouncing = await keepAnnouncing(announcer, services.listener(), () => services.counties(), onError)
  const stopQueues = await startQueueWorkers(reacting, queues)

  const close = async (): Promise<void> => {
    await stopQueues()
    await stopAnnouncing()
    await services.close()
  }
  for (const signal of options.handleSignals ? (['SIGTERM', 'SIGINT'] as const) : [])
    process.once(signal, () => void close().finally(() => process.exit(0)))
  log.info('worker is running')
  return { close }
}
