import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import type { By } from '../shared/actor.ts'
import { systemActor } from '../shared/actor.ts'
import type { Feed } from './feed.ts'
import { journalModels } from './journal-model.ts'
import { createLease } from './lease.ts'
import type { OutboxRow } from './outbox-row.ts'

/** Something that follows from a fact. Runs at least once; its `by` carries a key made from the fact, so a repeat changes nothing twice. */
export interface Reaction {
  /** Part of the idempotency key; never rename one that is live. */
  readonly name: string
  run(fact: OutboxRow, by: By): Promise<void>
}

export interface AnnouncerNeeds {
  readonly connection: Connection
  readonly redis: Redis
  readonly feed: Feed
  /** The rooms a fact concerns. */
  readonly roomsOf: (fact: OutboxRow) => readonly string[]
  /** What follows from a fact of this type. */
  readonly reactionsTo: (type: string) => readonly Reaction[]
  readonly log: { error(details: object, message: string): void }
}

const LEASE_MS = 10_000
const BATCH = 500

/** After this many failed rounds a row is parked, so that one bad fact does not hold up its stream for ever. */
const MAX_TRIES = 20

/** Announces what was committed: to the rooms, then to the reactions, in the order of each stream. */
export interface Announcer {
  /** Announces everything a county has waiting. Resolves when nothing is left that can be announced now. */
  announceAll(county: string): Promise<void>
  stop(): Promise<void>
}

export function createAnnouncer(needs: AnnouncerNeeds): Announcer {
  const { connection, redis, feed } = needs
  const { outbox } = journalModels(connection)
  const leases = new Map<string, ReturnType<typeof createLease>>()
  const running = new Map<string, Promise<void>>()
  const again = new Set<string>()
  const shown = new Set<string>()
  const tries = new Map<string, number>()
  let isStopping = false

  return {
    announceAll(county) {
      const current = running.get(county)
      if (current) {
        again.add(county)
        return current
      }
      const round = announceUntilEmpty(county).finally(() => running.delete(county))
      running.set(county, round)
      return round
    },
    async stop() {
      isStopping = true
      await Promise.allSettled(running.values())
      await Promise.allSettled([...leases.values()].map((lease) => lease.release()))
    },
  }

  async function announceUntilEmpty(county: string): Promise<void> {
    const lease = leaseOf(county)
    do {
      again.delete(county)
      while (!isStopping && (await lease.hold()) && (await announceBatch(county))) again.delete(county)
    } while (!isStopping && again.has(county))
  }

  /** True when there may be more. */
  async function announceBatch(county: string): Promise<boolean> {
    const rows = await nextRows(county)
    const done: string[] = []
    const blocked = new Set<string>()
    await showAll(county, rows)
    for (const row of rows) {
      if (blocked.has(row.stream) || !shown.has(row._id)) continue
      if (await react(row)) done.push(row._id)
      else blocked.add(row.stream)
    }
    if (done.length > 0) await native(outbox).deleteMany({ county, _id: { $in: done } })
    for (const id of done) shown.delete(id)
    return done.length === BATCH || (done.length > 0 && done.length < rows.length)
  }

  /** The oldest rows, with everything older of the same streams, so that no stream is taken past a gap. */
  async function nextRows(county: string): Promise<OutboxRow[]> {
    const rows = await native(outbox).find({ county }).sort({ _id: 1 }).limit(BATCH).toArray()
    if (rows.length < BATCH) return inStreamOrder(rows)
    const streams = [...new Set(rows.map((row) => row.stream))]
    const whole = await native(outbox)
      .find({ county, stream: { $in: streams } })
      .sort({ _id: 1 })
      .toArray()
    return inStreamOrder(whole)
  }

  async function showAll(county: string, rows: readonly OutboxRow[]): Promise<void> {
    const lease = leaseOf(county)
    const fresh = rows.filter((row) => !shown.has(row._id))
    const appended = await Promise.all(fresh.map((row) => feed.append(lease, row, needs.roomsOf(row))))
    fresh.forEach((row, index) => appended[index] && shown.add(row._id))
  }

  /** True when the row needs no further care. */
  async function react(row: OutboxRow): Promise<boolean> {
    try {
      for (const reaction of needs.reactionsTo(row.type)) await reaction.run(row, reactionBy(row, reaction))
      tries.delete(row._id)
      return true
    } catch (error) {
      const tried = (tries.get(row._id) ?? 0) + 1
      tries.set(row._id, tried)
      if (tried < MAX_TRIES) return false
      needs.log.error({ err: error, fact: row._id, type: row.type }, 'a reaction failed for good; the fact is parked')
      await connection
        .collection<OutboxRow & { error: string }>('outbox_parked')
        .insertOne({ ...row, error: String(error) })
      return true
    }
  }

  function leaseOf(county: string): ReturnType<typeof createLease> {
    const lease = leases.get(county) ?? createLease(redis, `announcer:${county}`, LEASE_MS)
    leases.set(county, lease)
    return lease
  }
}

function reactionBy(row: OutboxRow, reaction: Reaction): By {
  const key = `react/${reaction.name}/${row.stream}/${row.seq}/${row.type}`
  return { actor: systemActor(row.county), key, bodyHash: key }
}

/** Streams in the order of their oldest row; within a stream by sequence. */
function inStreamOrder(rows: readonly OutboxRow[]): OutboxRow[] {
  const streams = new Map<string, OutboxRow[]>()
  for (const row of rows) streams.set(row.stream, [...(streams.get(row.stream) ?? []), row])
  return [...streams.values()].flatMap((ofStream) => ofStream.sort((a, b) => a.seq - b.seq))
}
