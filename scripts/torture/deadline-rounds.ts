import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Redis } from 'ioredis'
import type { Deadline, NewDeadline } from '../../src/deadlines/index.ts'
import type { OutboxRow } from '../../src/journal/index.ts'
import { createAnnouncer, createFeed, keepAnnouncing } from '../../src/journal/index.ts'
import { migrate } from '../../src/platform/mongo/index.ts'
import type { By } from '../../src/shared/actor.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { newId } from '../../src/shared/ids.ts'
import type { Expected } from './deadline-check.ts'
import { checkRound, stillToFire } from './deadline-check.ts'
import type { DeadlineWorld } from './deadline-world.ts'
import { COUNTY, openWorld } from './deadline-world.ts'

export interface TortureDeadlinesOptions {
  readonly mongoUri: string
  readonly redisUrl: string
  readonly rounds: number
  /** Cases per round, each with three clocks that fall due and one more that a missed acknowledgement starts. */
  readonly cases: number
  /** Workers killed per round. */
  readonly kills: number
  readonly log: (line: string) => void
}

export interface DeadlineTally {
  readonly fired: number
  readonly killed: number
}

/** Worker processes that fire side by side. */
const WORKERS = 2

/** From the start of a round until its clocks fall due. Milliseconds. */
const DUE_IN_MS = 2_000

/** Over how long the clocks of a round fall due. Milliseconds. */
const SPREAD_MS = 800

/** Longest until everything must have fired after the last kill. Milliseconds. */
const PATIENCE_MS = 60_000

const STEP_MS = 400

/**
 * Kills workers with `kill -9` while the clocks of many cases fall due, and checks each round that every clock was missed exactly once.
 *
 * The announcing of facts and what follows from them runs here, so that chains begin while workers die.
 *
 * @throws Error naming what was lost or doubled
 */
export async function tortureDeadlines(options: TortureDeadlinesOptions): Promise<DeadlineTally> {
  const { mongoUri, redisUrl, rounds, kills, log } = options
  const name = `jjn_torture_${process.pid}`
  const uri = new URL(mongoUri)
  uri.pathname = `/${name}`
  const world = await openWorld(uri.href, redisUrl, name)
  await world.connection.dropDatabase()
  await migrate(world.connection)
  const stopAnnouncing = await announce(world, redisUrl, name)
  const start = (): Promise<ChildProcess> => startWorker([uri.href, redisUrl, name])
  const workers = await Promise.all(Array.from({ length: WORKERS }, start))
  const tally = { fired: 0, killed: 0 }
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const expected = await startRound(world, `round-${round}`, options.cases)
      await sleep(DUE_IN_MS)
      tally.killed += await killSome(workers, kills, start)
      await untilFired(world, expected)
      await checkRound(world.connection, expected)
      tally.fired += expected.breached.length + expected.escalated.length
      log(`round ${round} of ${rounds}: ${tally.fired} fired, ${tally.killed} workers killed, 0 lost, 0 doubled`)
    }
  } finally {
    for (const worker of workers) worker.kill('SIGKILL')
    await stopAnnouncing()
    await world.connection.dropDatabase()
    await world.close()
  }
  return tally
}

/** Three clocks per case fall due; two more per ten cases must not fire. */
async function startRound(world: DeadlineWorld, round: string, cases: number): Promise<Expected> {
  const now = Date.now()
  const soon = (): Date => new Date(now + DUE_IN_MS + Math.random() * SPREAD_MS)
  const subjects = Array.from({ length: cases }, (_, n) => `case:${round}-${n}`)
  const due = subjects.flatMap((subject) => [
    aClock(subject, 'dispatch.ack', soon()),
    aClock(subject, 'advance.decide', soon(), new Date(now + DUE_IN_MS - 500)),
    aClock(subject, 'quick.total', soon()),
  ])
  const quiet = subjects.slice(0, Math.ceil(cases / 10)).map((subject) => `${subject}-quiet`)
  const far = quiet.map((subject) => aClock(subject, 'quick.total', new Date(now + 3_600_000)))
  const done = quiet.map((subject) => aClock(subject, 'dispatch.ack', soon()))
  const by = { actor: systemActor(COUNTY), key: newId(), bodyHash: round }
  const started: Deadline[] = []
  await world.inTransaction(by, async (tx) => {
    started.splice(0, started.length, ...(await world.deadlines.startDeadlines(tx, [...due, ...far, ...done])))
    for (const subject of quiet) await world.deadlines.meetDeadlines(tx, subject, ['dispatch.ack'])
    return null
  })
  return { breached: started.slice(0, due.length), untouched: started.slice(due.length), escalated: subjects }
}

function aClock(subject: string, name: string, dueAt: Date, remindAt?: Date): NewDeadline {
  const rule = { key: 'dispatch.ack_P1_min', value: 1, unit: 'min', source: 'TORTURE' }
  const startedAt = new Date(dueAt.getTime() - 60_000)
  return { subject, name, unit: `${COUNTY}101`, startedAt, dueAt, rule, ...(remindAt ? { remindAt } : {}) }
}

/** Announces facts; a missed acknowledgement starts the next step, as routing does. */
async function announce(world: DeadlineWorld, redisUrl: string, prefix: string): Promise<() => Promise<void>> {
  const { connection, redis, inTransaction, deadlines } = world
  const handOn = async ({ data, stream }: OutboxRow, by: By): Promise<void> => {
    if (data['name'] !== 'dispatch.ack') return
    await inTransaction(by, async (tx) => {
      await deadlines.startDeadline(tx, aClock(stream, 'dispatch.step.1', new Date(tx.at.getTime() + STEP_MS)))
      return null
    })
  }
  const announcer = createAnnouncer({
    connection,
    redis,
    feed: createFeed(redis),
    roomsOf: ({ stream }) => [stream],
    reactionsTo: (type) => (type === 'deadline.breached' ? [{ name: 'hand-on', run: handOn }] : []),
    log: { error: (details, message) => console.error(message, details) },
  })
  const subscriber = new Redis(redisUrl, { keyPrefix: `${prefix}:`, maxRetriesPerRequest: null })
  const stop = await keepAnnouncing(announcer, subscriber, () => Promise.resolve([COUNTY]), console.error)
  return async () => {
    await stop()
    subscriber.disconnect()
  }
}

async function startWorker(args: readonly string[]): Promise<ChildProcess> {
  const isSource = import.meta.url.endsWith('.ts')
  const main = fileURLToPath(new URL(isSource ? './deadline-worker.ts' : './deadline-worker.js', import.meta.url))
  const loader = isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []
  const child = spawn(process.execPath, [...loader, main, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('a worker did not start'))),
  ])
  return child
}

/** Kills workers one after the other at random moments, and puts a new one in the place of each. */
async function killSome(workers: ChildProcess[], kills: number, start: () => Promise<ChildProcess>): Promise<number> {
  const replacements: Promise<void>[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    await sleep(Math.random() * SPREAD_MS)
    const victim = kill % WORKERS
    workers[victim]?.kill('SIGKILL')
    replacements.push(start().then((fresh) => void (workers[victim] = fresh)))
    if (kill % WORKERS === WORKERS - 1) await Promise.all(replacements.splice(0))
  }
  await Promise.all(replacements)
  return kills
}

/** @throws Error when clocks are still running although everybody had time */
async function untilFired({ connection }: DeadlineWorld, expected: Expected): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const left = await stillToFire(connection, expected)
    const waiting = left === 0 ? await connection.collection('outbox').countDocuments({ county: COUNTY }) : left
    if (waiting === 0) return
    if (Date.now() > until) throw new Error(`${left} clocks did not fire within ${PATIENCE_MS / 1000} s`)
    await sleep(100)
  }
}
