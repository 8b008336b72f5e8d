import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalServices } from '../local-services/index.ts'
import { FAULTS } from './gateway-faults.ts'
import type { Sender } from './ledger-clients.ts'
import { checkReplays, createSender } from './ledger-clients.ts'
import type { Crash } from './ledger-messages.ts'
import { CRASHES } from './ledger-messages.ts'
import type { Pool } from './ledger-pool.ts'
import { startPool } from './ledger-pool.ts'
import { startBooking } from './ledger-process.ts'
import { raceEndings } from './ledger-races.ts'
import type { LedgerWorld } from './ledger-world.ts'
import { anOrder, checkWorld, openWorld } from './ledger-world.ts'

export interface LedgerTortureOptions {
  /** Names a database of its own; it is emptied. */
  readonly uri: string
  readonly rounds: number
  /** Orders of a round. The fund gets money for three quarters of them, so that some are refused. */
  readonly orders?: number
  /** Where processes die, round by round, from the beginning again when there are more rounds. */
  readonly crashes?: readonly Crash[]
  /** Database services of our own: every fourth round one of them is killed too. */
  readonly services?: LocalServices | undefined
  readonly log: (line: string) => void
}

/** What was asked, and what the ledger holds of it. */
export interface LedgerTally {
  readonly deaths: number
  /** Blows to the database. */
  readonly blows: number
  readonly posted: number
  readonly refused: number
  /** Answers lost with their process and learned by sending the same key again. */
  readonly learnedLater: number
  readonly entries: number
  /** Holds for which paying, taking back and expiring raced. */
  readonly races: number
}

/** Races for each round. */
const RACES = 10

const PROCESSES = 2
const CLIENTS = 16
const ORDER_FEN = 100

const ORDERS = 40

/** A round in so many has a blow to the database in it. */
const BLOW_EVERY = 4

/**
 * Kills booking processes at named points and at random while sixteen clients book through two of them, then sends every key again.
 *
 * @throws Error when an acknowledged posting is lost or doubled, a refusal turns into a payment, or the ledger does not verify
 */
export async function tortureLedger(options: LedgerTortureOptions): Promise<LedgerTally> {
  const { uri, rounds, orders = ORDERS, crashes = CRASHES, services, log } = options
  const world = await openWorld(uri)
  try {
    const fundId = await world.newFund(ORDER_FEN)
    let pool: Pool | undefined
    const sender = createSender(world.county, () => (pool as Pool).any())
    let deaths = 0
    let blows = 0
    for (let round = 0; round < rounds; round += 1) {
      await world.fill(fundId, Math.ceil(orders * 0.75) * ORDER_FEN)
      const crash = crashes[round % crashes.length] ?? 'random'
      pool = await startPool(uri, PROCESSES, crash)
      const booked = bookOrders(sender, fundId, orders)
      if (services?.pids().gateway && round % BLOW_EVERY === BLOW_EVERY - 1) blows += await strike(services, blows)
      await booked
      deaths += await pool.stop()
      await checkWorld(world, sender.sent, [fundId])
      log(`ledger, round ${round + 1} of ${rounds}, dying ${crash}: ${deaths} deaths, ${sender.sent.length} commands`)
    }
    return { deaths, blows, ...(await tally(world, sender, fundId)), races: await raceAll(world, rounds) }
  } finally {
    await world.close()
  }
}

/** Every client takes orders: hold, then pay or take back; each command under its key until there is an answer. */
async function bookOrders(sender: Sender, fundId: string, count: number): Promise<void> {
  let orders = count
  const times = (): number => (randomInt(6) === 0 ? 2 : 1)
  const client = async (): Promise<void> => {
    while (orders > 0) {
      orders -= 1
      const { holdId } = await sender.send('D-1', anOrder(fundId, ORDER_FEN), { times: times() })
      const ending = randomInt(8) === 0 ? ('void-hold' as const) : ('post-hold' as const)
      if (holdId !== undefined) await sender.send('K-1', { do: ending, holdId }, { times: times() })
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

/** One blow, after the work has begun: gateway, PostgreSQL, or one of its backends in turn. */
async function strike(services: LocalServices, blows: number): Promise<1> {
  await sleep(randomInt(100, 600))
  await FAULTS[blows % FAULTS.length]?.strike(services)
  return 1
}

async function raceAll(world: LedgerWorld, rounds: number): Promise<number> {
  const processes = await Promise.all([startBooking(world.uri), startBooking(world.uri)])
  const won = await raceEndings(world, processes, rounds * RACES)
  for (const one of processes) one.kill()
  await Promise.all(processes.map(({ gone }) => gone))
  return Object.values(won).reduce((sum, times) => sum + times)
}

async function tally(
  world: LedgerWorld,
  { sent, learnedLater }: Sender,
  fundId: string,
): Promise<Omit<LedgerTally, 'deaths' | 'blows' | 'races'>> {
  const calm = await startBooking(world.uri)
  await checkReplays(world.county, calm, sent)
  calm.kill()
  await calm.gone
  const { entries } = await checkWorld(world, sent, [fundId])
  const count = (outcome: string): number => sent.filter(({ reply }) => reply?.outcome === outcome).length
  return { posted: count('posted'), refused: count('refused'), learnedLater, entries }
}
