import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { createInTransaction, journalModels } from '../../src/journal/index.ts'
import type { LedgerServices } from '../../src/ledger/index.ts'
import {
  bookArrival,
  countyFundId,
  createFundQueue,
  createLedgerStore,
  ledgerModels,
  openFund,
  orderAppropriation,
  placeHolds,
  postHold,
  receiveBudget,
  townshipFundId,
  verifyLedger,
  withFundQueue,
} from '../../src/ledger/index.ts'
import { connectMongo, migrate } from '../../src/platform/mongo/index.ts'
import type { Actor, By } from '../../src/shared/actor.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { fen } from '../../src/shared/fen.ts'
import { say } from '../run/say.ts'
import { surroundings, withDatabase } from '../run/services-environment.ts'
import type { BenchOptions, BenchRow } from './row.ts'
import { percentiles } from './row.ts'

/** Funds and clients of each row. */
const POINTS = [
  [1, 1],
  [1, 8],
  [1, 32],
  [50, 32],
] as const

const COUNTY = '990614'
const ORDER_FEN = 100

/** Payment orders prepared for each second of a row; a row that pays faster ends early. */
const ORDERS_PER_SECOND = 700

/** Orders held by one preparing transaction. */
const BATCH = 250

/**
 * Pays prepared payment orders, as cashiers do: each is one transaction with its turn at the fund, the head's compare-and-set, the
 * chained entry with all its checks, the hold resolved, the case's journal line, the outbox rows and the request record kept for ever.
 */
export async function run({ seconds }: BenchOptions): Promise<BenchRow[]> {
  const { env, services } = await surroundings({ log: say, makeSecrets: false })
  const connection = await connectMongo(withDatabase(env['MONGODB_URI'] ?? '', 'jiujinan_bench_ledger'), {
    maxPoolSize: 40,
  })
  try {
    const rows: BenchRow[] = []
    for (const [funds, clients] of POINTS) rows.push(await measure(connection, funds, clients, seconds))
    await connection.dropDatabase()
    return rows
  } finally {
    await connection.close()
    await services.stop()
  }
}

async function measure(connection: Connection, funds: number, clients: number, seconds: number): Promise<BenchRow> {
  const ledger = await freshLedger(connection)
  const orders = await prepare(ledger, funds, seconds * ORDERS_PER_SECOND)
  const durations: number[] = []
  const startedAt = performance.now()
  const until = startedAt + seconds * 1_000
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let order = orders.pop(); order !== undefined && performance.now() < until; order = orders.pop()) {
        const sentAt = performance.now()
        await payOrder(ledger, order)
        durations.push(performance.now() - sentAt)
      }
    }),
  )
  const elapsed = (performance.now() - startedAt) / 1_000
  const lost = durations.length - (await paidOrders(ledger))
  return {
    name: `${funds}/${clients}`,
    perSecond: Math.round(durations.length / elapsed),
    ...percentiles(durations),
    rssMb: Math.round(process.memoryUsage().rss / 1e6),
    lost,
  }
}

async function freshLedger(connection: Connection): Promise<LedgerServices> {
  await connection.dropDatabase()
  journalModels(connection)
  ledgerModels(connection)
  await migrate(connection)
  return {
    ledger: createLedgerStore(connection),
    fundQueue: createFundQueue(),
    inTransaction: createInTransaction({ connection, clock: systemClock, wake: () => undefined }),
  }
}

interface Order {
  readonly fundId: string
  readonly holdId: string
}

/** Opens the funds and holds the money of every order, spread evenly over the funds. */
async function prepare(services: LedgerServices, funds: number, count: number): Promise<Order[]> {
  const perFund = Math.ceil(count / funds)
  const terms = { floatFen: fen(0), lowWaterPercent: 0 }
  const countyFund = countyFundId(COUNTY)
  await openFund(services, { fundId: countyFund, name: '基准县', terms }, by('C2'))
  await receiveBudget(services, { fundId: countyFund, amountFen: fen(perFund * funds * ORDER_FEN) }, by('C2'))
  const orders: Order[][] = []
  for (let fund = 0; fund < funds; fund += 1) {
    const fundId = townshipFundId(`${COUNTY}${String(100 + fund)}`)
    await openFund(services, { fundId, name: `基准${fund}`, terms }, by('C2'))
    const amountFen = fen(perFund * ORDER_FEN)
    await orderAppropriation(services, { fundId, amountFen }, by('C2'))
    await bookArrival(services, { fundId, amountFen }, by('C2'))
    orders.push(await holdOrders(services, fundId, perFund))
  }
  return Array.from({ length: perFund }, (_none, at) => orders.flatMap((ofFund) => ofFund[at] ?? [])).flat()
}

async function holdOrders(services: LedgerServices, fundId: string, count: number): Promise<Order[]> {
  const orders: Order[] = []
  while (orders.length < count) {
    const batch = Array.from({ length: Math.min(BATCH, count - orders.length) }, () => ({
      fundId,
      account: 'bank' as const,
      amountFen: fen(ORDER_FEN),
      purpose: { use: 'advance' as const, caseNo: `bench-${randomUUID()}` },
      source: { type: 'payment-order', id: randomUUID() },
    }))
    const holds = await services.inTransaction(by('D-1'), (tx) => placeHolds(services, tx, batch))
    orders.push(...holds.map(({ holdId }) => ({ fundId, holdId })))
  }
  return orders
}

async function payOrder(services: LedgerServices, { fundId, holdId }: Order): Promise<void> {
  await withFundQueue(services, [fundId], () =>
    services.inTransaction(by('K-1'), (tx) => postHold(services, tx, { holdId }), { keepForever: true }),
  )
}

/** Orders that the ledger itself says are paid, after every chain and balance was derived again. */
async function paidOrders({ ledger }: LedgerServices): Promise<number> {
  const { faults } = await verifyLedger(ledger)
  if (faults.length > 0)
    throw new Error(`bench ledger: 账目不符 · the ledger does not hold: ${JSON.stringify(faults[0])}`)
  const heads = await ledger.headsOf(COUNTY)
  return heads.reduce((sum, { bal }) => sum + (bal.advance ?? 0), 0) / ORDER_FEN
}

function by(staffId: string): By {
  const actor: Actor = {
    kind: 'system',
    staffId,
    account: staffId,
    name: staffId,
    county: COUNTY,
    unit: COUNTY,
    roles: [],
  }
  return { actor, key: randomUUID(), bodyHash: staffId }
}
