import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from 'mongoose'
import { createInTransaction, journalModels } from '../../src/journal/index.ts'
import {
  bookArrival,
  countyFundId,
  createFundQueue,
  createLedgerStore,
  ledgerModels,
  openFund,
  orderAppropriation,
  receiveBudget,
  townshipFundId,
  verifyLedger,
} from '../../src/ledger/index.ts'
import { connectMongo, migrate } from '../../src/platform/mongo/index.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { fen } from '../../src/shared/fen.ts'
import type { Command } from '../../src/ledger/command.ts'
import type { Crash, Reply } from './ledger-messages.ts'
import { CRASHES } from './ledger-messages.ts'
import type { BookingProcess } from './ledger-process.ts'
import { startBooking } from './ledger-process.ts'

export interface LedgerTortureOptions {
  /** Names a database of its own; it is emptied. */
  readonly uri: string
  readonly rounds: number
  /** Orders of a round. The fund gets money for three quarters of them, so that some are refused. */
  readonly orders?: number
  readonly log: (line: string) => void
}

/** What was asked, and what the ledger holds of it. */
export interface LedgerTally {
  readonly deaths: number
  readonly posted: number
  readonly refused: number
  /** Answers lost with their process and learned by sending the same key again. */
  readonly learnedLater: number
  readonly entries: number
}

const COUNTY = '990615'
const FUND = townshipFundId(`${COUNTY}103`)
const PROCESSES = 2
const CLIENTS = 16
const ORDER_FEN = 100

const ORDERS = 40

/** How long a process lives before it is killed at random. Milliseconds. */
const LIFE_MS = [500, 2_500] as const

/** Passes through a named point before the process dies there. */
const PASSES = [3, 15] as const

/** Every key that was ever sent, with the first answer to it. */
interface Sent {
  readonly actor: string
  readonly key: string
  readonly command: Command
  reply: Reply | undefined
}

/**
 * Kills booking processes at named points and at random while sixteen clients book through two of them, then sends every key again.
 *
 * @throws Error when an acknowledged posting is lost or doubled, a refusal turns into a payment, or the ledger does not verify
 */
export async function tortureLedger({ uri, rounds, orders = ORDERS, log }: LedgerTortureOptions): Promise<LedgerTally> {
  const connection = await connectMongo(uri)
  try {
    const fill = await openLedger(connection, Math.ceil(orders * 0.75) * ORDER_FEN)
    const sent: Sent[] = []
    let deaths = 0
    let learnedLater = 0
    for (let round = 0; round < rounds; round += 1) {
      await fill(round)
      const crash = CRASHES[round % CRASHES.length] ?? 'random'
      const pool = await startPool(uri, crash)
      learnedLater += await bookOrders(pool, orders, sent)
      deaths += await pool.stop()
      await checkLedger(connection, sent)
      log(`ledger, round ${round + 1} of ${rounds}, dying ${crash}: ${deaths} deaths, ${sent.length} commands`)
    }
    await checkReplays(uri, sent)
    const { entries } = await checkLedger(connection, sent)
    const count = (outcome: Reply['outcome']): number => sent.filter(({ reply }) => reply?.outcome === outcome).length
    await connection.dropDatabase()
    return { deaths, posted: count('posted'), refused: count('refused'), learnedLater, entries }
  } finally {
    await connection.close()
  }
}

/** An empty ledger with one fund, and what puts money into it for a round. */
async function openLedger(connection: Connection, moneyFen: number): Promise<(round: number) => Promise<void>> {
  await connection.dropDatabase()
  journalModels(connection)
  ledgerModels(connection)
  await migrate(connection)
  const inTransaction = createInTransaction({ connection, clock: systemClock, wake: () => undefined })
  const services = { ledger: createLedgerStore(connection), fundQueue: createFundQueue(), inTransaction }
  const by = (key: string) => ({ actor: systemActor(COUNTY), key, bodyHash: key })
  const terms = { floatFen: fen(0), lowWaterPercent: 0 }
  await openFund(services, { fundId: countyFundId(COUNTY), name: '试验县', terms }, by('open-county'))
  await receiveBudget(services, { fundId: countyFundId(COUNTY), amountFen: fen(10 ** 10) }, by('budget'))
  await openFund(services, { fundId: FUND, name: '试验镇', terms }, by('open-fund'))
  return async (round) => {
    await orderAppropriation(services, { fundId: FUND, amountFen: fen(moneyFen) }, by(`order-${round}`))
    await bookArrival(services, { fundId: FUND, amountFen: fen(moneyFen) }, by(`arrival-${round}`))
  }
}

/** A promise of money for a payment order of a case of its own. */
function anOrder(fundId: string, amountFen: number): Command {
  const id = randomUUID()
  return {
    do: 'place-hold',
    fundId,
    account: 'bank',
    amountFen: fen(amountFen),
    purpose: { use: 'advance', caseNo: id },
    source: { type: 'payment-order', id },
  }
}

interface Pool {
  /** Any process that is alive now; a new one is started for each that died. */
  any(): Promise<BookingProcess>
  /** Ends the processes; answers how many had died before. */
  stop(): Promise<number>
}

async function startPool(uri: string, crash: Crash): Promise<Pool> {
  let deaths = 0
  const start = async (): Promise<BookingProcess> => {
    const started = await startBooking(uri, { crash, pass: randomInt(...PASSES) })
    if (crash === 'random') void sleep(randomInt(...LIFE_MS)).then(() => started.kill())
    return started
  }
  const slots = await Promise.all(Array.from({ length: PROCESSES }, start))
  const starting = new Map<number, Promise<BookingProcess>>()
  return {
    async any() {
      const slot = randomInt(PROCESSES)
      const held = slots[slot]
      if (held?.isAlive) return held
      const anew = starting.get(slot) ?? replace(slot)
      starting.set(slot, anew)
      return anew
    },
    async stop() {
      await Promise.all(starting.values())
      for (const one of slots) one.kill()
      await Promise.all(slots.map(({ gone }) => gone))
      return deaths
    },
  }

  async function replace(slot: number): Promise<BookingProcess> {
    deaths += 1
    const started = await start()
    slots[slot] = started
    starting.delete(slot)
    return started
  }
}

/** Every client takes orders: hold, then pay or take back; each command under its key until there is an answer. */
async function bookOrders(pool: Pool, count: number, sent: Sent[]): Promise<number> {
  let orders = count
  let learnedLater = 0
  const send = async (actor: string, command: Command): Promise<Reply> => {
    const asked: Sent = { actor, key: randomUUID(), command, reply: undefined }
    sent.push(asked)
    for (let tries = 1; ; tries += 1) {
      const reply = await ask(pool, asked)
      if (!reply) continue
      asked.reply = reply
      if (tries > 1) learnedLater += 1
      return reply
    }
  }
  const client = async (): Promise<void> => {
    while (orders > 0) {
      orders -= 1
      const { holdId } = await send('D-1', anOrder(FUND, ORDER_FEN))
      if (holdId !== undefined) await send('K-1', { do: randomInt(8) === 0 ? 'void-hold' : 'post-hold', holdId })
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return learnedLater
}

/** One attempt; twice at once now and then, through whichever processes. Nothing when the outcome is unknown. */
async function ask(pool: Pool, { actor, key, command }: Sent): Promise<Reply | undefined> {
  const request = { county: COUNTY, actor, key, command }
  const times = randomInt(6) === 0 ? 2 : 1
  const replies = await Promise.all(Array.from({ length: times }, async () => (await pool.any()).ask(request)))
  const [first, second] = replies.filter((reply) => reply !== undefined && reply.outcome !== 'failed')
  if (first && second && answerText(first) !== answerText(second))
    throw new Error(`Two answers to one key: ${answerText(first)} and ${answerText(second)}`)
  return first
}

/** Sends every key once more to a process that does not die: the answer must be the first one. */
async function checkReplays(uri: string, sent: readonly Sent[]): Promise<void> {
  const booking = await startBooking(uri)
  for (const { actor, key, command, reply } of sent) {
    const again = await booking.ask({ county: COUNTY, actor, key, command })
    if (!again || !reply || answerText(again) !== answerText(reply))
      throw new Error(
        `Key ${key} was answered ${reply ? answerText(reply) : 'never'}, now ${again ? answerText(again) : 'never'}`,
      )
  }
  booking.kill()
  await booking.gone
}

/** Verifies the chain, and that exactly what was acknowledged is in it. */
async function checkLedger(connection: Connection, sent: readonly Sent[]): Promise<{ entries: number }> {
  const ledger = createLedgerStore(connection)
  const { faults, entries } = await verifyLedger(ledger)
  if (faults.length > 0) throw new Error(`The ledger does not hold: ${JSON.stringify(faults)}`)
  const posted = sent.filter(({ reply }) => reply?.outcome === 'posted')
  const acknowledged = new Set(posted.map(({ reply }) => `${reply?.entryId ?? ''} ${reply?.hash ?? ''}`))
  if (acknowledged.size !== posted.length) throw new Error('Two commands were answered with one entry')
  const stored = new Set<string>()
  const kinds = ['hold.placed', 'hold.voided', 'aid.paid']
  for await (const { _id, hash, kind } of ledger.eachEntry(FUND, Number.MAX_SAFE_INTEGER))
    if (kinds.includes(kind)) stored.add(`${_id} ${hash}`)
  const lost = [...acknowledged].filter((one) => !stored.has(one))
  const extra = [...stored].filter((one) => !acknowledged.has(one))
  if (lost.length > 0 || extra.length > 0)
    throw new Error(`${lost.length} postings lost, ${extra.length} unknown to any client`)
  return { entries }
}

function answerText({ outcome, code, entryId, hash }: Reply): string {
  return [outcome, code, entryId, hash].join(' ')
}
