import { randomInt, randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Connection } from 'mongoose'
import type { LedgerWorld } from '../../../scripts/torture/ledger-world.ts'
import { anOrder, openWorld } from '../../../scripts/torture/ledger-world.ts'
import { createInTransaction, journalModels } from '../../../src/journal/index.ts'
import type { Command, LedgerServices } from '../../../src/ledger/index.ts'
import {
  createFundQueue,
  createLedgerStore,
  fundsOf,
  ledgerModels,
  takeTurn,
  verifyLedger,
} from '../../../src/ledger/index.ts'
import { connectMongo } from '../../../src/platform/mongo/index.ts'
import { systemActor } from '../../../src/shared/actor.ts'
import { systemClock } from '../../../src/shared/clock.ts'
import { DomainError } from '../../../src/shared/errors.ts'
import type { TcpProxy } from './tcp-proxy.ts'
import { openProxy } from './tcp-proxy.ts'
import { ownDatabase } from './two-processes.ts'

/** Bytes of answers that a posting receives, and some more: a cut anywhere from its first to after its last. */
const ANSWER_BYTES = 4_000

const CUTS = 16

/** Each cut falls somewhere in its own step. */
const STEP_BYTES = Math.ceil(ANSWER_BYTES / CUTS)

/** Clients of the storm, and how many may wait at the fund. */
const STORM = { clients: 200, depth: 64 }

/** How long an answer is held back in the storm of the short run. Milliseconds. */
const LATENCY_MS = [5, 25] as const

/** Longest time until everything is as before. Milliseconds. Source: ledger research, F7. */
const RECOVERY_MS = 5_000

/** F4, F7 */
describe('Ledger - behind a bad network', function () {
  this.timeout(90_000)
  let world: LedgerWorld
  let proxy: TcpProxy
  let connection: Connection

  before(async () => {
    world = await openWorld(ownDatabase('network'))
    proxy = await openProxy(world.uri)
    connection = await connectMongo(proxy.uri)
    journalModels(connection)
    ledgerModels(connection)
  })

  after(async () => {
    await connection.close()
    await proxy.close()
    await world.close()
  })

  function behindProxy(depth?: number): LedgerServices {
    return {
      ledger: createLedgerStore(connection),
      fundQueue: createFundQueue(depth === undefined ? {} : { depth }),
      inTransaction: createInTransaction({ connection, clock: systemClock, wake: () => undefined }),
    }
  }

  it('answers with the same entry though the connection is cut at any byte of any answer', async () => {
    const fundId = await world.newFund(100_000)
    const services = behindProxy()
    const entries = new Set<string>()
    let cuts = 0
    for (let turn = 0; turn < CUTS; turn += 1) {
      const key = randomUUID()
      const order = anOrder(fundId, 100)
      proxy.cutAfter(randomInt(STEP_BYTES * turn, STEP_BYTES * (turn + 1)))
      const first = await untilAnswered(services, order, key)
      if (!proxy.isArmed) cuts += 1
      proxy.cutAfter(Number.MAX_SAFE_INTEGER)
      expect(await book(services, order, key)).to.deep.equal(first)
      entries.add(first.entryId)
    }
    const stored = (await world.entriesOf(fundId)).filter(({ kind }) => kind === 'hold.placed')
    expect(stored.map(({ _id }) => _id).sort()).to.deep.equal([...entries].sort())
    expect([entries.size, cuts >= CUTS / 2]).to.deep.equal([CUTS, true])
    expect((await verifyLedger(world.services.ledger, { fundId })).faults).to.deep.equal([])
  })

  it('turns away what the line cannot hold, answers the rest in bounded time, and is itself again at once', async () => {
    const fundId = await world.newFund(1_000_000)
    const services = behindProxy(STORM.depth)
    const calmMs = await timeOf(() => book(services, anOrder(fundId, 100)))
    proxy.delayBy = () => randomInt(...LATENCY_MS)
    let turnedAway = 0
    let waits: readonly number[] = []
    const startedAt = performance.now()
    await Promise.all(
      Array.from({ length: STORM.clients }, async () => {
        const order = anOrder(fundId, 100)
        const key = randomUUID()
        const ms = await timeOf(async () => {
          for (let tries = 0; tries < 100; tries += 1) {
            const busy = await refusalOf(book(services, order, key))
            if (!busy) return
            expect(busy.code).to.equal('fund.busy')
            expect(busy.details['retryAfterMs']).to.be.above(0)
            turnedAway += 1
            await new Promise((resolve) => setTimeout(resolve, Number(busy.details['retryAfterMs'])))
          }
          throw new Error('Turned away a hundred times')
        })
        waits = [...waits, ms]
      }),
    )
    const stormMs = performance.now() - startedAt
    proxy.delayBy = () => 0
    const afterMs = await timeOf(() => book(services, anOrder(fundId, 100)))

    expect(turnedAway).to.be.above(STORM.clients - STORM.depth - 1)
    expect(Math.max(...waits)).to.be.at.most(stormMs)
    expect(stormMs).to.be.below(30_000)
    expect(afterMs).to.be.below(RECOVERY_MS + calmMs)
    const placed = (await world.entriesOf(fundId)).filter(({ kind }) => kind === 'hold.placed')
    expect(placed).to.have.length(STORM.clients + 2)
    expect((await verifyLedger(world.services.ledger, { fundId })).faults).to.deep.equal([])
  })

  async function book(
    services: LedgerServices,
    command: Command,
    key: string = randomUUID(),
  ): Promise<{ readonly entryId: string }> {
    const posted = await takeTurn(services, {
      by: { actor: systemActor(world.county), key, bodyHash: JSON.stringify(command) },
      fundIds: fundsOf(command),
      plan: () => ({ commands: [command], settle: ([entries = []]) => entries }),
    })
    return { entryId: posted[0]?.entryId ?? '' }
  }

  /** Sends the same key until there is an answer, as whoever was told that the outcome is unknown does. */
  async function untilAnswered(
    services: LedgerServices,
    command: Command,
    key: string,
  ): Promise<{ readonly entryId: string }> {
    for (let tries = 0; tries < 5; tries += 1) {
      try {
        return await book(services, command, key)
      } catch (error) {
        if (error instanceof DomainError && error.code !== 'outcome.unknown') throw error
      }
    }
    throw new Error('No answer to a key sent five times')
  }
})

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function refusalOf(work: Promise<unknown>): Promise<DomainError | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof DomainError) return error
      throw error
    },
  )
}
