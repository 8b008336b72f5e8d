import type { Course, Leg } from './leg.ts'
import type { Switchboard } from './switchboard.ts'
import type { Address } from './verb.ts'
import type { QueueEntry } from './waiting-queues.ts'

/** Where a verb acts. */
export interface Scene {
  readonly x: Switchboard
  readonly leg: Leg
  /** Comes when the call is over or given other instructions. */
  readonly signal: AbortSignal
  /** Where the document came from. */
  readonly source: Address | undefined
  /** The caller's place, while a `waitUrl`'s document is followed. */
  readonly queued: QueueEntry | undefined
}

/** What comes after a verb: the next one, the end of the call, the end of the waiting, or other instructions. */
export type Next = 'next' | 'hangup' | 'left' | Course
