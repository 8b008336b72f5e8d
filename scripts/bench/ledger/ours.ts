import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { createInTransaction, journalModels } from '../../../src/journal/index.ts'
import type { LedgerServices } from '../../../src/ledger/index.ts'
import {
  bookArrival,
  countyFundId,
  createFundQueue,
  createLedgerStore,
  ledgerModels,
  openFund,
  orderAppropriation,
  placeHolds,
  receiveBudget,
  takeTurn,
  townshipFundId,
  verifyLedger,
} from '../../../src/ledger/index.ts'
import { migrate } from '../../../src/platform/mongo/index.ts'
import type { Actor, By } from '../../../src/shared/actor.ts'
import { systemClock } from '../../../src/shared/clock.ts'
import { fen } from '../../../src/shared/fen.ts'
import type { Contender, Round } from './contender.ts'
import { ADVANCE_FEN } from './contender.ts'

const COUNTY = '990614'

const TERMS = { floatFen: fen(0), lowWaterPercent: 0 }

/** Orders held by one preparing transaction. */
const BATCH = 250

/** The county's money for the whole bench. Fen. */
const BUDGET_FEN = 10 ** 12

/** Our ledger on an empty database. */
export async function openOurs(connection: Connection): Promise<LedgerServices> {
  await connection.dropDatabase()
  journalModels(connection)
  ledgerModels(connection)
  await migrate(connection)
  const services = {
    ledger: createLedgerStore(connection),
    fundQueue: createFundQueue(),
    inTransaction: createInTransaction({ connection, clock: systemClock, wake: () => undefined }),
  }
  const county = countyFundId(COUNTY)
  await openFund(services, { fundId: county, name: '基准县', terms: TERMS }, by('C2'))
  await receiveBudget(services, { fundId: county, amountFen: fen(BUDGET_FEN) }, by('C2'))
  return services
}

/**
 * Pays prepared payment orders, as cashiers do: each with its turn at the fund, the head's compare-and-set, the chained entry with all its
 * checks, the hold resolved, the case's journal line, the outbox rows and the request record kept for ever.
 */
export function ours(services: LedgerServices): Contender {
  return contender('jiujinan', services)
}

/** The same without group commit: one transaction for each advance. */
export function oursOneByOne(services: LedgerServices): Contender {
  return contender('jiujinan one by one', { ...services, fundQueue: createFundQueue({ share: 1 }) })
}

function contender(name: string, services: LedgerServices): Contender {
  return {
    name,
    async prepare(funds, advances) {
      const perFund = Math.ceil(advances / funds)
      const orders: Order[][] = []
      for (let fund = 0; fund < funds; fund += 1)
        orders.push(await holdOrders(services, await newFund(services, perFund * ADVANCE_FEN), perFund))
      return roundOf(services, orders)
    },
  }
}

/** Derives every chain and balance of the ledger again. @throws Error naming the first fault */
export async function checkOurs({ ledger }: LedgerServices): Promise<void> {
  const { faults } = await verifyLedger(ledger)
  if (faults[0]) throw new Error(`bench ledger: 账目不符 · the ledger does not hold: ${JSON.stringify(faults[0])}`)
}

let funds = 0

/** A township's fund with money in its bank account. */
export async function newFund(services: LedgerServices, sum: number): Promise<string> {
  funds += 1
  const fundId = townshipFundId(`${COUNTY}${String(funds).padStart(3, '0')}`)
  const amountFen = fen(sum)
  await openFund(services, { fundId, name: `基准${funds}`, terms: TERMS }, by('C2'))
  await orderAppropriation(services, { fundId, amountFen }, by('C2'))
  await bookArrival(services, { fundId, amountFen }, by('C2'))
  return fundId
}

interface Order {
  readonly fundId: string
  readonly holdId: string
}

/** Holds the money of a fund's orders, each of a case of its own. */
export async function holdOrders(services: LedgerServices, fundId: string, count: number): Promise<Order[]> {
  const orders: Order[] = []
  while (orders.length < count) {
    const batch = Array.from({ length: Math.min(BATCH, count - orders.length) }, () => ({
      fundId,
      account: 'bank' as const,
      amountFen: fen(ADVANCE_FEN),
      purpose: { use: 'advance' as const, caseNo: `bench-${randomUUID()}` },
      source: { type: 'payment-order', id: randomUUID() },
    }))
    const holds = await services.inTransaction(by('D-1'), (tx) => placeHolds(services, tx, batch))
    orders.push(...holds.map(({ holdId }) => ({ fundId, holdId })))
  }
  return orders
}

/** Pays prepared orders, one fund after the other. */
export function roundOf(services: LedgerServices, orders: readonly Order[][]): Round {
  const longest = Math.max(...orders.map(({ length }) => length))
  const queue = Array.from({ length: longest }, (_none, at) => orders.flatMap((ofFund) => ofFund[at] ?? [])).flat()
  const fundIds = new Set(queue.map(({ fundId }) => fundId))
  let at = 0
  return {
    next() {
      const order = queue[at]
      at += 1
      return order && (() => payOrder(services, order))
    },
    async storedFen() {
      const heads = await services.ledger.headsOf(COUNTY)
      const ofRun = heads.filter(({ fundId }) => fundIds.has(fundId))
      return ofRun.reduce((sum, { bal }) => sum + (bal.advance ?? 0), 0)
    },
  }
}

async function payOrder(services: LedgerServices, { fundId, holdId }: Order): Promise<void> {
  await takeTurn(services, {
    by: by('K-1'),
    fundIds: [fundId],
    plan: () => ({ commands: [{ do: 'post-hold', holdId }], settle: ([entries = []]) => entries }),
  })
}

/** A command of somebody, with a key of its own. */
export function by(staffId: string): By {
  const person = { kind: 'system', staffId, account: staffId, name: staffId } as const
  const actor: Actor = { ...person, county: COUNTY, unit: COUNTY, roles: [] }
  return { actor, key: randomUUID(), bodyHash: staffId }
}
