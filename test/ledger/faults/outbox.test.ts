import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { Redis } from 'ioredis'
import type { LedgerWorld } from '../../../scripts/torture/ledger-world.ts'
import { anOrder, openWorld } from '../../../scripts/torture/ledger-world.ts'
import { createFeed, journalModels } from '../../../src/journal/index.ts'
import { fundsOf, takeTurn } from '../../../src/ledger/index.ts'
import type { CrashPoint } from '../../../src/platform/crash-point.ts'
import { systemActor } from '../../../src/shared/actor.ts'
import { ownDatabase } from './two-processes.ts'

const ORDERS = 8

/** How long the lease of a process that died keeps others from announcing. Milliseconds. */
const LEASE_MS = 10_000

/** F14, and F1's point of the outbox */
describe('Ledger - announcing processes that die', function () {
  this.timeout(60_000)
  let world: LedgerWorld
  let redis: Redis
  const keyPrefix = `test:outbox:${process.pid}:`

  before(async () => {
    world = await openWorld(ownDatabase('outbox'))
    redis = new Redis(process.env['REDIS_URL']!, { keyPrefix })
  })

  after(async () => {
    redis.disconnect()
    await world.close()
  })

  it('tells every posting and does what follows once, dying before and after the screens were told', async () => {
    const fundId = await world.newFund(10_000)
    const cases = await placeOrders(fundId)
    for (const point of ['afterOutboxRead', 'afterOutboxSend'] as const) {
      expect(await announce(point)).to.equal('SIGKILL')
      expect(await waiting()).to.be.above(0)
      await leaseIsOver()
    }
    expect(await announce()).to.equal('done')
    expect(await waiting()).to.equal(0)

    const feed = createFeed(redis)
    for (const caseNo of cases) {
      const events = await feed.since(world.county, `case:${caseNo}`, '0-0')
      expect(events === 'reset' ? [] : [...new Set(events.map(({ seq }) => seq))]).to.deep.equal([1])
    }
    const followed = await world.connection.collection('followed_up').find().toArray()
    expect(followed.map(({ stream }) => String(stream)).sort()).to.deep.equal(cases.map((no) => `case:${no}`).sort())
  })

  async function placeOrders(fundId: string): Promise<string[]> {
    const orders = Array.from({ length: ORDERS }, () => anOrder(fundId, 100))
    await Promise.all(
      orders.map((order) => {
        const key = randomUUID()
        return takeTurn(world.services, {
          by: { actor: systemActor(world.county), key, bodyHash: key },
          fundIds: fundsOf(order),
          plan: () => ({ commands: [order], settle: () => null }),
        })
      }),
    )
    return orders.map((order) => ('purpose' in order ? order.purpose.caseNo : ''))
  }

  /** Runs a process that announces everything, or dies at a point. */
  function announce(point?: CrashPoint): Promise<string> {
    const isSource = import.meta.url.endsWith('.ts')
    const name = `../../../scripts/torture/announcing-worker.${isSource ? 'ts' : 'js'}`
    const execArgv = isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []
    const env = { ...process.env, NODE_ENV: 'test', LEDGER_CRASH_AT: point ?? '' }
    const args = [world.uri, process.env['REDIS_URL']!, keyPrefix, world.county]
    const child = fork(fileURLToPath(new URL(name, import.meta.url)), args, { execArgv, env })
    return new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? (code === 0 ? 'done' : ''))))
  }

  async function waiting(): Promise<number> {
    const { outbox, reactions } = journalModels(world.connection)
    return (await outbox.countDocuments()) + (await reactions.countDocuments())
  }

  /** Time passes: the dead process's lease runs out. */
  async function leaseIsOver(): Promise<void> {
    const leases = await redis.keys(`${keyPrefix}*announcer*`)
    for (const key of leases) {
      expect(await redis.pttl(key.slice(keyPrefix.length))).to.be.within(1, LEASE_MS)
      await redis.pexpire(key.slice(keyPrefix.length), 1)
    }
    expect(leases).to.have.length(1)
  }
})
