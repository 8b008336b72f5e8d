import { expect } from 'chai'
import { Long } from 'mongodb'
import { createJournalReader } from '../../src/journal/index.ts'
import {
  confirmAdvance,
  createFundQueue,
  createLedgerStore,
  drawCash,
  expireHold,
  freeFen,
  orderAppropriation,
  placeHold,
  placeHolds,
  postHold,
  replenish,
  verifyLedger,
  voidHold,
} from '../../src/ledger/index.ts'
import { connectMongo } from '../../src/platform/mongo/index.ts'
import { createInTransaction } from '../../src/journal/index.ts'
import { DomainError } from '../../src/shared/errors.ts'
import { fen } from '../../src/shared/fen.ts'
import { advance, anOrder, realLedger } from './real-ledger.ts'
import type { RealLedger } from './real-ledger.ts'

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  )
}

async function headOf(real: RealLedger, fundId = real.township) {
  return (await real.ledger.head(real.county, fundId))!
}

async function expectSound(real: RealLedger): Promise<void> {
  for (const fundId of [real.township, real.countyFund])
    expect((await verifyLedger(real.ledger, { fundId })).faults).to.deep.equal([])
}

describe('Ledger - posting on the real database', () => {
  it('keeps a decision, its money, its case line and its key together', async () => {
    const real = await realLedger(5_000_000)
    const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, anOrder(real, 20_000, 'S01')))
    const posted = await real.alone(real.officer('K-1'), (tx) => postHold(real, tx, { holdId }))

    expect(posted).to.include({ fundId: real.township, seq: 5, kind: 'aid.paid', amountFen: 20_000, holdId })
    expect((await headOf(real)).bal).to.include({ bank: 4_980_000, advance: 20_000, quota: 5_000_000 })
    const lines = await createJournalReader(real.connection).stream(real.county, 'case:S01')
    expect(lines.map(({ type, data }) => [type, data['kind'], data['entryHash']])).to.deep.equal([
      ['ledger.posted', 'hold.placed', (await real.ledger.entry(real.county, real.township, 4))!.hash],
      ['ledger.posted', 'aid.paid', posted.hash],
    ])
    const notes = await real.connection.collection('outbox').find({ county: real.county, type: 'fund.moved' }).toArray()
    const ofFund = notes
      .filter((note) => note['stream'] === `fund:${real.township}`)
      .map((note) => note['seq'] as number)
    expect(ofFund.sort()).to.deep.equal([1, 2, 3, 4, 5])
    await expectSound(real)
  })

  it('writes every sum as a 64-bit integer and reads back the very bytes that were hashed', async () => {
    const real = await realLedger(3_000_000_000 / 100)
    const raw = await real.connection
      .collection('ledger_entries')
      .findOne({ fundId: real.township, seq: 3 }, { promoteLongs: false })
    const { legs, after } = raw as unknown as { legs: { d: unknown }[]; after: { bal: { bank: unknown } } }
    expect(Long.isLong(legs[0]!.d) && Long.isLong(after.bal.bank)).to.equal(true)
    await expectSound(real)
  })

  it('carries sums beyond 2^31 fen without turning them into floating point', async () => {
    const real = await realLedger(1_000)
    await real.inTransaction(real.finance(), async (tx) => {
      await placeHold(real, tx, { ...anOrder(real, 1), source: { type: 'probe', id: real.county } })
    })
    const big = await outcomeOf(
      drawCash(real, { fundId: real.township, amountFen: fen(3_000_000_000) }, real.officer('K-1')),
    )
    expect(big).to.equal('fund.insufficient')
    await expectSound(real)
  })

  it('pays an order once, whatever keys are used', async () => {
    const real = await realLedger(100_000)
    const order = anOrder(real, 1_000)
    const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, order))
    expect(await outcomeOf(real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, order)))).to.equal(
      'ledger.source_used',
    )
    await real.alone(real.officer('K-1'), (tx) => postHold(real, tx, { holdId }))
    expect(await outcomeOf(real.alone(real.officer('K-1'), (tx) => postHold(real, tx, { holdId })))).to.equal(
      'hold.not_pending',
    )
    expect((await headOf(real)).bal.advance).to.equal(1_000)
    await expectSound(real)
  })

  it('does a command once for a key sent five times at once, and answers all five the same', async () => {
    const real = await realLedger(100_000)
    const by = real.officer('K-1')
    const draw = () => drawCash(real, { fundId: real.township, amountFen: fen(1_000) }, by)
    const answers = await Promise.all([draw(), draw(), draw(), draw(), draw()])
    for (const answer of answers) expect(answer).to.deep.equal(answers[0])
    expect((await headOf(real)).bal.cash).to.equal(1_000)
  })

  it('refuses the same key for another command', async () => {
    const real = await realLedger(100_000)
    const by = real.officer('K-1')
    await drawCash(real, { fundId: real.township, amountFen: fen(1_000) }, { ...by, bodyHash: 'one' })
    const other = drawCash(real, { fundId: real.township, amountFen: fen(2_000) }, { ...by, bodyHash: 'two' })
    expect(await outcomeOf(other)).to.equal('key.other_body')
  })

  it('keeps a refusal for its key though the money has come since, and keeps it for ever', async () => {
    const real = await realLedger(1_000)
    const by = real.officer('K-1', 'refused-key')
    const draw = () => drawCash(real, { fundId: real.township, amountFen: fen(2_000) }, by)
    expect(await outcomeOf(draw())).to.equal('fund.insufficient')
    await orderAppropriation(real, { fundId: real.township, amountFen: fen(50_000) }, real.finance())
    expect(await outcomeOf(draw())).to.equal('fund.insufficient')
    const record = await real.connection.collection('requests').findOne({ _id: `${real.county}/refused-key` as never })
    expect(record).to.include({ outcome: 'refused' })
    expect(record).not.to.have.property('expiresAt')
  })

  it('leaves nothing of a decision whose last order is refused', async () => {
    const real = await realLedger(100_000)
    const before = await headOf(real)
    const orders = [anOrder(real, 60_000), anOrder(real, 30_000), anOrder(real, 20_000)]
    expect(await outcomeOf(real.alone(real.officer('D-1'), (tx) => placeHolds(real, tx, orders)))).to.equal(
      'fund.insufficient',
    )
    expect(await headOf(real)).to.deep.equal(before)
    expect(await real.ledger.pendingHolds(real.county, real.township)).to.deep.equal([])
    const lines = await createJournalReader(real.connection).stream(real.county, 'case:A1')
    expect(lines).to.deep.equal([])
  })

  it('holds all orders of a decision with one write each of head and entries', async () => {
    const real = await realLedger(100_000)
    const orders = [anOrder(real, 20_000), anOrder(real, 12_000), anOrder(real, 3_000)]
    const holds = await real.alone(real.officer('D-1'), (tx) => placeHolds(real, tx, orders))
    expect(holds.map(({ seq }) => seq)).to.deep.equal([4, 5, 6])
    expect(await headOf(real)).to.deep.include({ seq: 6, held: { bank: 35_000, cash: 0, inkind: 0 } })
    expect((await real.ledger.entries(real.county, real.township, { limit: 3 })).map(({ line }) => line)).to.deep.equal(
      [2, 1, 0],
    )
    await expectSound(real)
  })

  it('lets several steps of one action post one after the other under one key', async () => {
    const real = await realLedger(100_000)
    await real.alone(real.officer('D-1'), async (tx) => {
      await placeHold(real, tx, anOrder(real, 1_000))
      const { holdId } = await placeHold(real, tx, anOrder(real, 2_000))
      await voidHold(real, tx, { holdId, reason: 'withdrawn' })
      return null
    })
    expect((await headOf(real)).held.bank).to.equal(1_000)
    await expectSound(real)
  })

  it('confirms and refunds, in the township and the county as one event', async () => {
    const real = await realLedger(100_000)
    await advance(real, 32_000, 'S01')
    const claim = { caseNo: 'S01', type: '急难', amountFen: fen(32_000) }
    const source = { type: 'decision', id: real.county }
    await real.alone(real.finance(), (tx) => confirmAdvance(real, tx, { fundId: real.township, ...claim, source }))
    expect(await real.ledger.subsOf(real.county, { accounts: ['advance'] })).to.deep.equal([])

    const refund = { fundId: real.township, lines: [{ ...claim, into: 'bank' as const }], approver: 'C1', source }
    const entries = await real.alone(real.finance(), (tx) => replenish(real, tx, refund))
    expect(entries.map(({ fundId, kind }) => [fundId, kind])).to.deep.equal([
      [real.township, 'claims.replenished'],
      [real.countyFund, 'county.claims.replenished'],
    ])
    expect((await headOf(real)).bal).to.include({ bank: 100_000, claim: 0, advance: 0 })
    const [expense] = await real.ledger.subsOf(real.county, { accounts: ['c_expense'] })
    expect(expense).to.include({ sub: '急难', amountFen: 32_000 })
    const twice = real.alone(real.finance(), (tx) =>
      replenish(real, tx, { ...refund, source: { ...source, id: 'again' } }),
    )
    expect(await outcomeOf(twice)).to.equal('ledger.over_balance')
    await expectSound(real)
  })

  it('lets a hold expire at its time and not before', async () => {
    const real = await realLedger(100_000)
    const order = { ...anOrder(real, 1_000), expiresAt: '2026-12-05T00:00:00+08:00' }
    const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, order))
    expect(await outcomeOf(real.alone(real.finance(), (tx) => expireHold(real, tx, { holdId })))).to.equal(
      'hold.not_due',
    )
    real.clock.at = new Date('2026-12-05T00:00:00+08:00')
    await real.alone(real.finance(), (tx) => expireHold(real, tx, { holdId }))
    expect(freeFen(await headOf(real), 'bank')).to.equal(100_000)
    await expectSound(real)
  })

  it('books forward in time though the clock goes back two hours', async () => {
    const real = await realLedger(100_000)
    await advance(real, 1_000)
    real.clock.at = new Date(real.clock.at.getTime() - 2 * 3_600_000)
    await advance(real, 1_000)
    await expectSound(real)
  })

  it('does not reach into another county, whatever id is sent', async () => {
    const mine = await realLedger(1_000)
    const theirs = await realLedger(1_000)
    const order = { ...anOrder(theirs, 100) }
    expect(await outcomeOf(mine.alone(mine.officer('D-1'), (tx) => placeHold(mine, tx, order)))).to.equal(
      'fund.not_found',
    )
    const draw = drawCash(mine, { fundId: theirs.township, amountFen: fen(1) }, mine.officer('K-1'))
    expect(await outcomeOf(draw)).to.equal('fund.forbidden')
  })

  it('refuses to change or remove an entry', async () => {
    const real = await realLedger(1_000)
    const entries = real.connection.models['LedgerEntry']!
    for (const work of [
      () => entries.updateOne({ fundId: real.township }, { kind: 'x' }),
      () => entries.deleteMany({ fundId: real.township }),
      () => entries.findOneAndDelete({ fundId: real.township }),
      () => entries.replaceOne({ fundId: real.township }, {}),
    ])
      expect(await outcomeOf(work().exec())).to.match(/append-only/)
    await expectSound(real)
  })

  describe('when many come at once', () => {
    /** A second process as far as the database can tell: its own connection, queue and transactions. */
    async function anotherProcess(real: RealLedger): Promise<RealLedger> {
      const uri = new URL(process.env['MONGODB_URI']!)
      uri.pathname = `/${real.connection.name}`
      const connection = await connectMongo(uri.href)
      const fundQueue = createFundQueue()
      const ledger = createLedgerStore(connection)
      const clock = { now: () => real.clock.at }
      const inTransaction = createInTransaction({ connection, clock, wake: () => undefined })
      const other: RealLedger = { ...real, connection, ledger, fundQueue, inTransaction }
      return { ...other, alone: (by, step) => fundQueue.run([real.township], () => inTransaction(by, step)) }
    }

    it('pays exactly ten of 64 advances of 100 out of 1,050, from two processes, and leaves 50', async () => {
      const real = await realLedger(1_050)
      const other = await anotherProcess(real)
      const outcomes = await Promise.all(
        Array.from({ length: 64 }, (_none, at) => outcomeOf(advance(at % 2 === 0 ? real : other, 100))),
      )
      expect(outcomes.filter((outcome) => outcome === 'done')).to.have.length(10)
      expect(outcomes.filter((outcome) => outcome === 'fund.insufficient')).to.have.length(54)
      expect((await headOf(real)).bal).to.include({ bank: 50, advance: 1_000 })
      await expectSound(real)
      await other.connection.close()
    })

    it('resolves a hold once when paying, taking back and expiring race', async () => {
      const real = await realLedger(100_000)
      const other = await anotherProcess(real)
      for (let round = 0; round < 10; round += 1) {
        const order = { ...anOrder(real, 100), expiresAt: '2026-11-01T00:00:00+08:00' }
        const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, order))
        const outcomes = await Promise.all([
          outcomeOf(real.alone(real.officer('K-1'), (tx) => postHold(real, tx, { holdId }))),
          outcomeOf(other.alone(real.officer('K-2'), (tx) => voidHold(other, tx, { holdId }))),
          outcomeOf(other.alone(real.finance(), (tx) => expireHold(other, tx, { holdId }))),
        ])
        expect(outcomes.sort()).to.deep.equal(['done', 'hold.not_pending', 'hold.not_pending'])
      }
      expect((await headOf(real)).held.bank).to.equal(0)
      await expectSound(real)
      await other.connection.close()
    })

    it('turns away whom the line at a fund cannot take, and says when to come again', async () => {
      const queue = createFundQueue({ depth: 2 })
      let release = (): void => undefined
      const first = queue.run(['a'], () => new Promise<void>((resolve) => (release = resolve)))
      const second = queue.run(['a', 'b'], () => Promise.resolve('second'))
      const turnedAway = await queue.run(['a'], () => Promise.resolve()).catch((error: unknown) => error as DomainError)
      expect(turnedAway).to.include({ code: 'fund.busy' })
      expect((turnedAway as DomainError).details['retryAfterMs']).to.be.above(0)
      release()
      await first
      expect(await second).to.equal('second')
      expect(await queue.run(['a'], () => Promise.resolve('free again'))).to.equal('free again')
    })

    it('never lets two actions wait for each other, in whatever order they name their funds', async () => {
      const queue = createFundQueue()
      const order: string[] = []
      const work = (name: string) => async (): Promise<void> => {
        await Promise.resolve()
        order.push(name)
      }
      await Promise.all([
        queue.run(['a', 'b'], work('1')),
        queue.run(['b', 'a'], work('2')),
        queue.run(['c'], work('c')),
        queue.run(['b'], work('3')),
        queue.run(['c', 'a'], work('4')),
      ])
      expect(order.filter((name) => name !== 'c')).to.deep.equal(['1', '2', '3', '4'])
    })
  })

  describe('low water', () => {
    it('is told once for each time the fund falls below its mark', async () => {
      const real = await realLedger(50_000, 50_000, 30)
      const lows = async () => createJournalReader(real.connection).stream(real.county, `fund-alert:${real.township}`)
      const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, anOrder(real, 40_000)))
      await real.alone(real.officer('K-1'), (tx) => postHold(real, tx, { holdId, amountFen: fen(1_000) }))
      expect(await lows()).to.have.length(1)
      await advance(real, 35_000)
      await advance(real, 1_000)
      expect(
        (await lows()).map(({ type, data }) => [type, data['seq'], data['freeFen'], data['toUnit']]),
      ).to.deep.equal([
        ['fund.low', 4, 10_000, real.county],
        ['fund.low', 6, 14_000, real.county],
      ])
    })
  })
})
