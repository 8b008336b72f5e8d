import type { Bridge } from './bridge.ts'
import { createDeferred } from './deferred.ts'
import type { Deferred } from './deferred.ts'
import type { Leg } from './leg.ts'
import { newSid } from './sid.ts'
import type { Address } from './verb.ts'

/** Who takes a caller out of a queue. */
export interface Pickup {
  readonly bridge: Bridge
  readonly by: Leg
  /** A document for the caller before both are connected. */
  readonly whisper: Address | undefined
}

/** A caller in a queue. */
export interface QueueEntry {
  readonly leg: Leg
  readonly queue: WaitingQueue
  readonly since: Date
  readonly pickup: Deferred<Pickup>
}

export interface WaitingQueue {
  readonly sid: string
  readonly name: string
  readonly entries: QueueEntry[]
  /** Waits of those who left. Seconds; the last hundred. */
  readonly waits: number[]
  /** Those who wait for the next caller, in order. */
  readonly takers: Taker[]
}

/** Somebody who takes the next caller. */
export interface Taker {
  readonly entry: Promise<QueueEntry>
  take(entry: QueueEntry): void
  /** Gives up the place; a caller handed over meanwhile is first in the queue again. */
  giveUp(): void
}

/** The queues of the exchange; one comes into being with its first caller. */
export interface WaitingQueues {
  find(name: string): WaitingQueue | undefined
  all(): WaitingQueue[]
  /** The caller's entry, or undefined when the queue is full. */
  join(name: string, leg: Leg, since: Date): QueueEntry | undefined
  leave(entry: QueueEntry, at: Date): void
  /** The first caller, now or when one comes. */
  next(queue: WaitingQueue): Taker
}

/** Most callers in one queue. Source: Twilio, Enqueue, default maximum. */
export const MAX_QUEUE_SIZE = 100
const KEPT_WAITS = 100

/** Queues without callers. */
export function createWaitingQueues(): WaitingQueues {
  const byName = new Map<string, WaitingQueue>()

  function named(name: string): WaitingQueue {
    const queue = byName.get(name) ?? { sid: newSid('QU'), name, entries: [], waits: [], takers: [] }
    byName.set(name, queue)
    return queue
  }

  return {
    find: (name) => byName.get(name),
    all: () => [...byName.values()],
    join(name, leg, since) {
      const queue = named(name)
      if (queue.entries.length >= MAX_QUEUE_SIZE) return undefined
      const entry: QueueEntry = { leg, queue, since, pickup: createDeferred() }
      queue.entries.push(entry)
      serve(queue)
      return entry
    },
    leave(entry, at) {
      const { queue } = entry
      remove(queue.entries, entry)
      queue.waits.push((at.getTime() - entry.since.getTime()) / 1_000)
      if (queue.waits.length > KEPT_WAITS) queue.waits.shift()
    },
    next(queue) {
      const taker = createTaker(queue)
      queue.takers.push(taker)
      serve(queue)
      return taker
    },
  }
}

/** Brings the first callers and the first takers together. A caller handed over is no longer first for anybody else. */
function serve(queue: WaitingQueue): void {
  while (queue.takers.length > 0) {
    const entry = queue.entries.shift()
    if (entry === undefined) return
    queue.takers.shift()?.take(entry)
  }
}

function createTaker(queue: WaitingQueue): Taker {
  const deferred = createDeferred<QueueEntry>()
  let handed: QueueEntry | undefined
  const taker: Taker = {
    entry: deferred.promise,
    take(entry) {
      handed = entry
      deferred.resolve(entry)
    },
    giveUp() {
      remove(queue.takers, taker)
      if (handed === undefined) return
      queue.entries.unshift(handed)
      serve(queue)
    },
  }
  return taker
}

function remove<T>(list: T[], item: T): void {
  const index = list.indexOf(item)
  if (index >= 0) list.splice(index, 1)
}
