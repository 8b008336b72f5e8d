import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import { passCrashPoint } from '../platform/crash-point.ts'
import { native } from '../platform/mongo/index.ts'
import type { Round } from './county-rounds.ts'
import { createCountyRounds } from './county-rounds.ts'
import { isDuplicateKeyIn } from './database-errors.ts'
import type { Feed } from './feed.ts'
import { journalModels } from './journal-model.ts'
import type { Lease } from './lease.ts'
import { oldestRows } from './oldest-rows.ts'
import type { OutboxRow } from './outbox-row.ts'
import { byStream } from './outbox-row.ts'
import type { Reaction } from './reactor.ts'
import { createReactor } from './reactor.ts'

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

/** Rows announced in one round. */
const BATCH = 500

/** Announces what was committed: to the rooms, then to the reactions, in the order of each stream. */
export interface Announcer {
  /** Announces everything a county has waiting, and what follows from it. Resolves when nothing is left that can be done now. */
  announceAll(county: string): Promise<void>
  stop(): Promise<void>
}

/**
 * Rows leave the outbox as soon as the screens have them; those that something follows from wait in `reactions`, so that no screen waits for
 * a text message. A row may be shown or handed over twice by a process that dies in between: screens know repeats by (stream, seq), reactions
 * by their key.
 */
export function createAnnouncer(needs: AnnouncerNeeds): Announcer {
  const { connection, redis, feed } = needs
  const { outbox, reactions } = journalModels(connection)
  const screens = createCountyRounds(redis, 'announcer', announceBatch)
  const reactor = createReactor(needs)

  return {
    async announceAll(county) {
      do await screens.run(county)
      while ((await reactor.run(county)) > 0)
    },
    async stop() {
      await Promise.all([screens.stop(), reactor.stop()])
    },
  }

  async function announceBatch(county: string, lease: Lease): Promise<Round> {
    const rows = byStream(await oldestRows(outbox, county, BATCH)).flat()
    passCrashPoint('afterOutboxRead')
    const appended = await Promise.all(rows.map((row) => feed.append(lease, row, needs.roomsOf(row))))
    passCrashPoint('afterOutboxSend')
    const shown = rows.filter((_row, index) => appended[index])
    await handOver(shown.filter(({ type }) => needs.reactionsTo(type).length > 0))
    if (shown.length > 0) await native(outbox).deleteMany({ county, _id: { $in: shown.map(({ _id }) => _id) } })
    return { done: shown.length, more: shown.length >= BATCH }
  }

  async function handOver(rows: readonly OutboxRow[]): Promise<void> {
    if (rows.length === 0) return
    await native(reactions)
      .insertMany([...rows], { ordered: false })
      .catch((error: unknown) => {
        if (!isDuplicateKeyIn(error, 'reactions')) throw error
      })
  }
}
