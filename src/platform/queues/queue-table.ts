/** How the jobs of a queue are tried. */
export interface QueueSettings {
  /** Tries before a job is given up. */
  readonly attempts: number
  /** Wait before the second try; each further wait is twice as long. Milliseconds. */
  readonly backoffMs: number
  /** Longest run of one job. Milliseconds. */
  readonly timeoutMs: number
  /** Jobs run side by side in one process, unless the worker says otherwise. */
  readonly concurrency: number
  /** How many given-up jobs are kept to be looked at. None where the database itself remembers what is left to do. */
  readonly keepFailed: number
}

/** Every queue of the product. A new one is one row here and one file in `workers/`. */
export const QUEUES = {
  /** Wakes a clock at its due time. The sweep catches what is lost, so a failed job may go at once. */
  deadlines: { attempts: 3, backoffMs: 250, timeoutMs: 20_000, concurrency: 8, keepFailed: 0 },
  /** Texts and calls going out: the exchange may be away for a while. Eight tries span about eight and a half minutes. */
  notifications: { attempts: 8, backoffMs: 4_000, timeoutMs: 30_000, concurrency: 4, keepFailed: 1_000 },
} as const satisfies Readonly<Record<string, QueueSettings>>

export type QueueName = keyof typeof QUEUES

export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[]
