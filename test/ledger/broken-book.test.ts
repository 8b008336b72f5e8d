import { expect } from 'chai'
import { createJournalReader } from '../../src/journal/index.ts'
import { drawCash, orderAppropriation, verifyLedger } from '../../src/ledger/index.ts'
import { BrokenBook } from '../../src/ledger/refusal.ts'
import type { DomainError } from '../../src/shared/errors.ts'
import { statusOfCode } from '../../src/shared/errors.ts'
import { fen } from '../../src/shared/fen.ts'
import { decide } from '../../src/ledger/decide.ts'
import { aSource, CHANGLE, fixtureLedger } from './paper-ledger.ts'
import { realLedger } from './real-ledger.ts'

describe('Ledger - a broken book', () => {
  it('is found by the rules before anything is posted into it', () => {
    const { ground, now } = fixtureLedger()
    const head = ground.heads.get(CHANGLE)!
    const stamp = { at: now, actor: 'D-1', isPerson: true, key: 'k', line: 0, bodyHash: 'b' }
    const draw = { do: 'draw-cash', fundId: CHANGLE, amountFen: fen(1), source: aSource() } as const
    for (const bal of [
      { ...head.bal, bank: fen(head.bal.bank! + 1) },
      { ...head.bal, bank: fen(-1), cash: fen(head.bal.bank! + head.bal.cash! + 1) },
    ]) {
      const broken = { ...ground, heads: new Map([...ground.heads, [CHANGLE, { ...head, bal }]]) }
      expect(() => decide(broken, draw, stamp)).to.throw(BrokenBook)
    }
    const promised = { ...head, held: { ...head.held, cash: fen(head.bal.cash! + 1) } }
    const broken = { ...ground, heads: new Map([...ground.heads, [CHANGLE, promised]]) }
    expect(() => decide(broken, draw, stamp)).to.throw(BrokenBook)
  })

  it('freezes its fund, tells the county and is counted; nothing of the action stays', async () => {
    const counted: string[] = []
    const metrics = { brokenBooks: { inc: ({ county }: { county: string }) => counted.push(county) } }
    const real = { ...(await realLedger(100_000)), metrics }
    const { county, township } = real
    const before = (await real.ledger.head(county, township))!
    await real.connection
      .collection<{ _id: string }>('ledger_books')
      .updateOne({ _id: township }, { $inc: { 'bal.bank': 1 } })

    const draw = () => drawCash(real, { fundId: township, amountFen: fen(100) }, real.officer('K-1'))
    const [first, second] = await Promise.allSettled([draw(), draw()])
    const codes = [first, second].map((one) => (one as { reason: DomainError }).reason.code)
    expect(codes).to.deep.equal(['ledger.book_broken', 'fund.frozen'])
    expect(statusOfCode('ledger.book_broken')).to.equal(500)

    const head = (await real.ledger.head(county, township))!
    expect(head).to.include({ status: 'frozen', seq: before.seq + 1 })
    const [entry] = await real.ledger.entries(county, township, { limit: 1 })
    expect(entry).to.include({ kind: 'fund.frozen', actor: 'system', reason: 'broken-book' })
    const alerts = await createJournalReader(real.connection).stream(county, `fund-alert:${township}`)
    expect(alerts.map(({ type, data }) => [type, data['seq'], data['toUnit']])).to.deep.equal([
      ['fund.broken', before.seq + 1, county],
    ])
    expect(counted).to.deep.equal([county])
    const order = orderAppropriation(real, { fundId: township, amountFen: fen(1) }, real.finance())
    expect(await order.catch((error: unknown) => (error as DomainError).code)).to.equal('fund.frozen')
    const { faults } = await verifyLedger(real.ledger, { fundId: township })
    expect(faults.map(({ seq, check }) => [seq, check])).to.deep.equal([[before.seq + 1, 'balances']])
  })
})
