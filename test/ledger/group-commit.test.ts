import { expect } from 'chai'
import { createJournalReader } from '../../src/journal/index.ts'
import { drawCash, openFund, orderAppropriation, placeHold, takeTurn, verifyLedger } from '../../src/ledger/index.ts'
import type { Command, Turn } from '../../src/ledger/index.ts'
import type { By } from '../../src/shared/actor.ts'
import { DomainError } from '../../src/shared/errors.ts'
import { fen } from '../../src/shared/fen.ts'
import { newId } from '../../src/shared/ids.ts'
import { anOrder, realLedger } from './real-ledger.ts'
import type { RealLedger } from './real-ledger.ts'

/** A ledger whose groups are counted. */
interface Watched extends RealLedger {
  /** How many requests were committed together, group by group. */
  readonly groups: number[]
}

async function watched(fundFen: number): Promise<Watched> {
  const real = await realLedger(fundFen)
  const groups: number[] = []
  const { together } = real.inTransaction
  const counted: typeof together = async (requests, body) => {
    const outcomes = await together(requests, body)
    groups.push(requests.length)
    return outcomes
  }
  const inTransaction = Object.assign(real.inTransaction.bind(undefined), { together: counted })
  return { ...real, inTransaction, groups }
}

function aTurn(real: RealLedger, by: By, settle: () => string): Turn<string> {
  return { by, fundIds: [real.township], plan: () => ({ commands: [draw(real)], settle }) }
}

function draw(real: RealLedger, id: string = newId()): Command {
  return { do: 'draw-cash', fundId: real.township, amountFen: fen(100), source: { type: 'test', id } }
}

function codesOf(all: readonly PromiseSettledResult<unknown>[]): string[] {
  return all.map((one) => {
    if (one.status === 'fulfilled') return 'done'
    return one.reason instanceof DomainError ? one.reason.code : String(one.reason)
  })
}

async function expectSound(real: RealLedger): Promise<void> {
  for (const fundId of [real.township, real.countyFund])
    expect((await verifyLedger(real.ledger, { fundId })).faults).to.deep.equal([])
}

async function cashOf(real: RealLedger): Promise<number> {
  return (await real.ledger.head(real.county, real.township))?.bal.cash ?? NaN
}

describe('Ledger - group commit', () => {
  it('commits what came in one moment together, in order, each with its key, its rows and its answer', async () => {
    const real = await watched(100_000)
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_none, at) =>
        drawCash(real, { fundId: real.township, amountFen: fen(100) }, real.officer('K-1', `key-${at}-${real.county}`)),
      ),
    )
    expect(real.groups).to.deep.equal([12])
    expect(answers.map(([entry]) => entry?.seq)).to.deep.equal(Array.from({ length: 12 }, (_none, at) => at + 4))
    const entries = await real.ledger.entries(real.county, real.township, { limit: 12 })
    expect(entries.map(({ key, line }) => [key, line]).reverse()).to.deep.equal(
      Array.from({ length: 12 }, (_none, at) => [`key-${at}-${real.county}`, 0]),
    )
    const rows = await real.connection.collection('outbox').countDocuments({ county: real.county, type: 'fund.moved' })
    expect(rows).to.be.at.least(12)
    const records = await real.connection
      .collection('requests')
      .countDocuments({ county: real.county, _id: { $regex: /\/key-/ } as never, expiresAt: { $exists: false } })
    expect(records).to.equal(12)
    await expectSound(real)
  })

  it('decides each against the money those before it leave, and keeps a refusal for its key', async () => {
    const real = await watched(250)
    const keys = ['a', 'b', 'c', 'd'].map((key) => `${key}-${real.county}`)
    const drawAll = () =>
      Promise.allSettled(
        keys.map((key) => drawCash(real, { fundId: real.township, amountFen: fen(100) }, real.officer('K-1', key))),
      )
    const expected = ['done', 'done', 'fund.insufficient', 'fund.insufficient']
    expect(codesOf(await drawAll())).to.deep.equal(expected)
    await orderAppropriation(real, { fundId: real.township, amountFen: fen(10_000) }, real.finance())
    expect(codesOf(await drawAll())).to.deep.equal(expected)
    expect([real.groups, await cashOf(real)]).to.deep.equal([[4, 4], 200])
    await expectSound(real)
  })

  it('commits for several funds at once', async () => {
    const real = await watched(1_000)
    const other = `township-${real.county}104`
    await openFund(real, { fundId: other, name: '乙', terms: { floatFen: fen(0), lowWaterPercent: 0 } }, real.finance())
    await Promise.all([
      drawCash(real, { fundId: real.township, amountFen: fen(100) }, real.officer('K-1')),
      orderAppropriation(real, { fundId: other, amountFen: fen(500) }, real.finance()),
      orderAppropriation(real, { fundId: real.township, amountFen: fen(500) }, real.finance()),
    ])
    expect(real.groups).to.deep.equal([3])
    expect((await real.ledger.head(real.county, other))?.bal.transit).to.equal(500)
    await expectSound(real)
  })

  describe('when one of a group fails', () => {
    it('refuses a source that was posted before, and does the others', async () => {
      const real = await watched(100_000)
      const used = newId()
      const turn = (id?: string): Turn<string> => ({
        by: real.officer('K-1'),
        fundIds: [real.township],
        plan: () => ({ commands: [draw(real, id)], settle: () => 'done' }),
      })
      await takeTurn(real, turn(used))
      const all = await Promise.allSettled([turn(), turn(used), turn()].map((one) => takeTurn(real, one)))
      expect(codesOf(all)).to.deep.equal(['done', 'ledger.source_used', 'done'])
      expect(await cashOf(real)).to.equal(300)
      await expectSound(real)
    })

    it('leaves nothing of one that is refused after it was posted, and does the others', async () => {
      const real = await watched(100_000)
      const refuse = (): string => {
        throw new DomainError('payment.same_person', 'not you')
      }
      const turns = [() => 'one', refuse, () => 'three'].map((settle) => aTurn(real, real.officer('K-1'), settle))
      const all = await Promise.allSettled(turns.map((one) => takeTurn(real, one)))
      expect(codesOf(all)).to.deep.equal(['done', 'payment.same_person', 'done'])
      expect(await cashOf(real)).to.equal(200)
      const again = await Promise.allSettled(turns.map((one) => takeTurn(real, one)))
      expect(codesOf(again)).to.deep.equal(['done', 'payment.same_person', 'done'])
      expect(await cashOf(real)).to.equal(200)
      await expectSound(real)
    })

    it('passes a fault of one on to that one only', async () => {
      const real = await watched(100_000)
      const fail = (): string => {
        throw new Error('a bug')
      }
      const turns = [() => 'one', fail].map((settle) => aTurn(real, real.officer('K-1'), settle))
      const all = await Promise.allSettled(turns.map((one) => takeTurn(real, one)))
      expect(codesOf(all)).to.deep.equal(['done', 'Error: a bug'])
      expect(await cashOf(real)).to.equal(100)
      await expectSound(real)
    })

    it('stops the fund whose book is broken, and does what the other funds were asked for', async () => {
      const real = await watched(100_000)
      const other = `township-${real.county}104`
      await openFund(
        real,
        { fundId: other, name: '乙', terms: { floatFen: fen(0), lowWaterPercent: 0 } },
        real.finance(),
      )
      await real.connection
        .collection('ledger_books')
        .updateOne({ county: real.county, _id: real.township as never }, { $inc: { 'bal.bank': 1 } })
      const all = await Promise.allSettled([
        drawCash(real, { fundId: real.township, amountFen: fen(100) }, real.officer('K-1')),
        orderAppropriation(real, { fundId: other, amountFen: fen(500) }, real.finance()),
      ])
      expect(codesOf(all)).to.deep.equal(['ledger.book_broken', 'done'])
      expect((await real.ledger.head(real.county, real.township))?.status).to.equal('frozen')
      expect((await real.ledger.head(real.county, other))?.bal.transit).to.equal(500)
    })
  })

  it('never puts a key, or two requests about one record, into the same group', async () => {
    const real = await watched(100_000)
    const twice = real.officer('K-1')
    const about = (by: By, record?: string): Turn<string> => ({
      ...aTurn(real, by, () => 'done'),
      ...(record === undefined ? {} : { about: record }),
    })
    await Promise.all(
      [about(twice), about(twice), about(real.officer('K-1'), 'case:1'), about(real.officer('K-1'), 'case:1')].map(
        (turn) => takeTurn(real, turn),
      ),
    )
    expect(Math.max(...real.groups)).to.equal(2)
    expect(await cashOf(real)).to.equal(300)
    await expectSound(real)
  })

  it('takes its turn behind an action of its own that came before', async () => {
    const real = await watched(100_000)
    const order = real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, anOrder(real, 1_000)))
    const draws = [1, 2, 3].map(() =>
      drawCash(real, { fundId: real.township, amountFen: fen(100) }, real.officer('K-1')),
    )
    const [hold, ...drawn] = await Promise.all([order, ...draws.map((one) => one.then(([entry]) => entry))])
    expect([hold, ...drawn].map((entry) => entry?.seq)).to.deep.equal([4, 5, 6, 7])
    expect(await createJournalReader(real.connection).stream(real.county, 'case:A1')).to.have.length(1)
    await expectSound(real)
  })
})
