import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import type { By } from '../shared/actor.ts'
import { systemActor } from '../shared/actor.ts'
import type { CountyRounds, Round } from './county-rounds.ts'
import { createCountyRounds } from './county-rounds.ts'
import { journalModels } from './journal-model.ts'
import { oldestRows } from './oldest-rows.ts'
import type { OutboxRow } from './outbox-row.ts'
import { byStream } from './outbox-row.ts'

/** Something that follows from a fact. Runs at least once; its `by` carries a key made from the fact, so a repeat changes nothing twice. */
export interface Reaction {
  /** Part of the idempotency key; never rename one that is live. */
  readonly name: string
  run(fact: OutboxRow, by: By): Promise<void>
}

export interface ReactorNeeds {
  readonly connection: Connection
  readonly redis: Redis
  readonly reactionsTo: (type: string) => readonly Reaction[]
  readonly log: { error(details: object, message: string): void }
}

/** Facts looked at in one round. */
const BATCH = 100

/** Streams followed up side by side. */
const ABREAST = 4

/** After this many failed rounds a fact is parked, so that one bad fact does not hold up its stream for ever. */
const MAX_TRIES = 20

/** Follows up what was announced: each stream in its order, one that fails holding up nothing but its own stream. */
export function createReactor({ connection, redis, reactionsTo, log }: ReactorNeeds): CountyRounds {
  const { reactions } = journalModels(connection)
  const tries = new Map<string, number>()
  return createCountyRounds(redis, 'reactor', reactBatch)

  async function reactBatch(county: string): Promise<Round> {
    const facts = await oldestRows(reactions, county, BATCH)
    const streams = byStream(facts)
    const counts = await Promise.all(Array.from({ length: ABREAST }, () => followStreams(streams)))
    const done = counts.reduce((sum, count) => sum + count, 0)
    return { done, more: done > 0 && facts.length >= BATCH }
  }

  /** Takes streams from the list until none is left. */
  async function followStreams(streams: OutboxRow[][]): Promise<number> {
    let done = 0
    for (let facts = streams.shift(); facts; facts = streams.shift()) done += await followStream(facts)
    return done
  }

  async function followStream(facts: readonly OutboxRow[]): Promise<number> {
    let done = 0
    while (done < facts.length && (await react(facts[done] as OutboxRow))) done += 1
    if (done > 0) await native(reactions).deleteMany({ _id: { $in: facts.slice(0, done).map(({ _id }) => _id) } })
    return done
  }

  /** True when the fact needs no further care. */
  async function react(fact: OutboxRow): Promise<boolean> {
    try {
      for (const reaction of reactionsTo(fact.type)) await reaction.run(fact, reactionBy(fact, reaction))
      tries.delete(fact._id)
      return true
    } catch (error) {
      const tried = (tries.get(fact._id) ?? 0) + 1
      tries.set(fact._id, tried)
      if (tried < MAX_TRIES) return false
      log.error({ err: error, fact: fact._id, type: fact.type }, 'a reaction failed for good; the fact is parked')
      await park(fact, error)
      return true
    }
  }

  async function park(fact: OutboxRow, error: unknown): Promise<void> {
    const parked = connection.collection<OutboxRow & { error: string }>('outbox_parked')
    await parked.updateOne({ _id: fact._id }, { $set: { ...fact, error: String(error) } }, { upsert: true })
  }
}

function reactionBy(fact: OutboxRow, reaction: Reaction): By {
  const key = `react/${reaction.name}/${fact.stream}/${fact.seq}/${fact.type}`
  return { actor: systemActor(fact.county), key, bodyHash: key }
}
