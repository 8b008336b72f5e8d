import Bull from 'bull'
import { Redis } from 'ioredis'
import { ZodError } from 'zod'
import type { QueueName, QueueSettings } from './queue-table.ts'
import { QUEUE_NAMES, QUEUES } from './queue-table.ts'

/** What a job carries: plain JSON with ids, never names, numbers of people or free text. */
export type JobPayload = Readonly<Record<string, unknown>>

export interface AddOptions {
  /** Not before so many milliseconds from now, on real time. */
  readonly delayMs?: number
  /** A job with the id of one that waits or runs is not added again. */
  readonly jobId?: string
}

/** Does one job. It may run twice and late; it parses the payload with zod and calls one action. */
export type JobHandler = (payload: unknown) => Promise<unknown>

/** How full a queue is. */
export interface QueueHealth {
  readonly name: QueueName
  readonly waiting: number
  readonly active: number
  readonly delayed: number
  readonly failed: number
}

/** All queues of a process, on three shared connections and one more per queue that is worked here. */
export interface Queues {
  /** @throws Error when Redis does not take the job within two seconds; whoever adds has another way or tries again */
  add(name: QueueName, payload: JobPayload, options?: AddOptions): Promise<void>
  /** Begins to work a queue. @param concurrency - jobs side by side; the queue's own number when undefined */
  process(name: QueueName, concurrency: number | undefined, handler: JobHandler): void
  health(): Promise<readonly QueueHealth[]>
  /** For `/readyz`. @throws Error when Redis does not answer in time */
  ping(): Promise<void>
  /** Takes no more jobs, lets running ones finish for a while, closes the connections. */
  close(): Promise<void>
}

export interface QueuesNeeds {
  readonly redisUrl: string
  /** Begins every key: separates installations on one Redis. */
  readonly prefix: string
  readonly log: { warn(details: object, message: string): void; error(details: object, message: string): void }
}

/** Longest wait for Redis to take a job or answer. Milliseconds. */
const ANSWER_MS = 2_000

/** How long running jobs may take when the process ends. Milliseconds. */
const CLOSE_MS = 8_000

/** How often a job may lose its worker (killed, frozen) before it is given up. */
const LOST_WORKERS = 5

/** The one place that makes a Bull queue. Queues are opened when first used. */
export function createQueues({ redisUrl, prefix, log }: QueuesNeeds): Queues {
  const opened = new Map<QueueName, Bull.Queue<JobPayload>>()
  const connections: Redis[] = []

  const connect = (): Redis => {
    const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, enableReadyCheck: false })
    redis.on('error', (error: Error) => log.warn({ err: error.message }, 'queues cannot reach Redis; trying again'))
    connections.push(redis)
    return redis
  }
  const shared = new Map<string, Redis>()
  const sharedConnection = (type: string): Redis => {
    const connection = shared.get(type) ?? connect()
    shared.set(type, connection)
    return connection
  }

  const queueOf = (name: QueueName): Bull.Queue<JobPayload> => {
    const queue = opened.get(name) ?? openQueue(name)
    opened.set(name, queue)
    return queue
  }
  const openQueue = (name: QueueName): Bull.Queue<JobPayload> => {
    const queue = new Bull<JobPayload>(name, {
      prefix: `{${prefix}:queue}`,
      createClient: (type) => (type === 'bclient' ? connect() : sharedConnection(type)),
      settings: { maxStalledCount: LOST_WORKERS },
      defaultJobOptions: jobOptions(QUEUES[name]),
    })
    queue.on('error', (error) => log.warn({ err: error.message, queue: name }, 'a queue is disturbed; trying again'))
    queue.on('failed', (job, error) => tellIfGivenUp(name, job, error))
    return queue
  }
  /** A person must act: what the job was for did not happen. */
  const tellIfGivenUp = (queue: QueueName, job: Bull.Job<JobPayload>, error: Error): void => {
    const isLast = job.attemptsMade >= (job.opts.attempts ?? 1) || error instanceof ZodError
    const details = { err: error, queue, job: job.id, tries: job.attemptsMade }
    if (isLast) log.error(details, 'a job was given up')
    else log.warn(details, 'a job failed and will be tried again')
  }

  return {
    async add(name, payload, { delayMs, jobId } = {}) {
      const options = { ...(delayMs ? { delay: delayMs } : {}), ...(jobId ? { jobId } : {}) }
      await inTime(queueOf(name).add(payload, options), ANSWER_MS, `queue ${name} took no job`)
    },

    process(name, concurrency, handler) {
      const work = async (job: Bull.Job<JobPayload>): Promise<unknown> => {
        try {
          return await handler(job.data)
        } catch (error) {
          if (error instanceof ZodError) await job.discard()
          throw error
        }
      }
      queueOf(name)
        .process(concurrency ?? QUEUES[name].concurrency, work)
        .catch((error: unknown) => log.error({ err: error, queue: name }, 'a queue is not worked any more'))
    },

    health: () =>
      inTime(
        Promise.all(
          QUEUE_NAMES.map(async (name) => {
            const { waiting, active, delayed, failed } = await queueOf(name).getJobCounts()
            return { name, waiting, active, delayed, failed }
          }),
        ),
        ANSWER_MS,
        'queues do not answer',
      ),

    async ping() {
      await inTime(sharedConnection('client').ping(), ANSWER_MS, 'Redis does not answer')
    },

    async close() {
      const closing = Promise.all([...opened.values()].map((queue) => queue.close()))
      await inTime(closing, CLOSE_MS, 'jobs still run').catch((error: unknown) =>
        log.warn({ err: error }, 'queues are closed with jobs running; they will run again'),
      )
      for (const connection of connections) connection.disconnect()
    },
  }
}

function jobOptions({ attempts, backoffMs, timeoutMs, keepFailed }: QueueSettings): Bull.JobOptions {
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    timeout: timeoutMs,
    removeOnComplete: true,
    removeOnFail: keepFailed === 0 ? true : keepFailed,
  }
}

/** @throws Error `late` when a promise takes longer than it may. Its own outcome is then nobody's concern. */
async function inTime<T>(promise: Promise<T>, ms: number, late: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${late} within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
    promise.catch(() => undefined)
  }
}
