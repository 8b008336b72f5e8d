import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import type { LocalServices } from '../local-services/index.ts'
import { checkNothingLost, checkWholeness } from './gateway-check.ts'
import type { Fault } from './gateway-faults.ts'
import { startWork } from './gateway-work.ts'

export interface TortureOptions {
  readonly services: LocalServices
  readonly fault: Fault
  readonly rounds: number
  readonly log: (line: string) => void
}

/** How many commits the workers were told of, and how many are there. */
export interface Tally {
  readonly acknowledged: number
  /** Failed for good, of which some may be there. */
  readonly unknown: number
  readonly stored: number
}

const WORKERS = 12

/** Work before the blow, at random between these. Milliseconds. */
const BEFORE_MS = [300, 900] as const

/** Commits that must come through after the blow before the next one. */
const AFTER = 30

/** Longest wait for them. Milliseconds. */
const RECOVERY_MS = 60_000

/**
 * Breaks the database once per round while workers write, and looks at what is left.
 *
 * @throws Error when an acknowledged commit is lost, one is applied twice, or half of one is visible
 */
export async function tortureGateway({ services, fault, rounds, log }: TortureOptions): Promise<Tally> {
  const client = await new MongoClient(services.mongoUri, { maxPoolSize: WORKERS + 4 }).connect()
  const db = client.db(`torture_${Date.now()}`)
  try {
    for (const name of ['left', 'right', 'heads']) await db.createCollection(name)
    const work = await startWork(client, db, WORKERS)
    try {
      for (let round = 1; round <= rounds; round += 1) {
        await sleep(randomInt(...BEFORE_MS))
        await fault.strike(services)
        await checkWholeness(client, db)
        await untilMore(work.acknowledged, AFTER)
        log(`${fault.name}, round ${round} of ${rounds}: ${work.acknowledged.size} commits`)
      }
    } finally {
      await work.stop()
    }
    const stored = await checkWholeness(client, db)
    checkNothingLost(work, stored)
    await db.dropDatabase()
    return { acknowledged: work.acknowledged.size, unknown: work.unknown.size, stored: stored.size }
  } finally {
    await client.close()
  }
}

async function untilMore(acknowledged: ReadonlySet<string>, more: number): Promise<void> {
  const wanted = acknowledged.size + more
  const until = Date.now() + RECOVERY_MS
  while (acknowledged.size < wanted) {
    if (Date.now() > until) throw new Error(`No commits came through within ${RECOVERY_MS / 1000} s after the blow`)
    await sleep(20)
  }
}
