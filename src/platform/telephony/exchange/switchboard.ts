import type { Clock } from '../../../shared/clock.ts'
import type { AppendLog } from './append-log.ts'
import type { CallFacts } from './call-facts.ts'
import type { Changes } from './changes.ts'
import type { Faults } from './faults.ts'
import type { Course, Leg } from './leg.ts'
import type { OwnNumbers } from './own-number.ts'
import type { Phones } from './phone.ts'
import type { Recording } from './recordings.ts'
import type { TextMessage } from './text-message.ts'
import type { QueueEntry, WaitingQueues } from './waiting-queues.ts'
import type { WebhookSender } from './webhook-sender.ts'

export interface ExchangeLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** How following instructions ended: to the end, by hanging up, or by leaving the queue. */
export type Ending = 'finished' | 'hangup' | 'left'

/** Everything the exchange works with. */
export interface Switchboard {
  readonly accountSid: string
  readonly clock: Clock
  readonly log: ExchangeLog
  /** Length of a second in documents (`timeout="5"`). Milliseconds. */
  readonly secondMs: number
  /** Pace of speech. Milliseconds per character; 0 speaks at once. */
  readonly speechMsPerCharacter: number
  /** Most legs in progress. */
  readonly maxLegs: number
  /** Said when neither the product nor its fallback answers. */
  readonly fallbackTwiml: string
  /** The exchange's own address; known once it listens. */
  readonly ownUrl: () => string
  readonly numbers: OwnNumbers
  readonly phones: Phones
  readonly queues: WaitingQueues
  readonly faults: Faults
  readonly webhooks: WebhookSender
  readonly changes: Changes
  readonly callLog: AppendLog<CallFacts>
  readonly recordings: AppendLog<Recording>
  readonly texts: AppendLog<TextMessage>
  /** Legs in progress and the last ended ones, by id. */
  readonly legs: Map<string, Leg>
  /** Legs in progress. */
  readonly live: Set<Leg>
  /** Follows documents until they end; the leg itself goes on. Throws Interrupted. */
  readonly follow: (leg: Leg, course: Course, signal: AbortSignal, queued?: QueueEntry) => Promise<Ending>
  /** Lets a leg follow instructions until it ends. */
  readonly conduct: (leg: Leg, course: Course) => Promise<void>
}
