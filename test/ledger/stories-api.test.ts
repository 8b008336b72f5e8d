import { expect } from 'chai'
import { endEmergency } from '../../src/cases/index.ts'
import { verifyLedger } from '../../src/ledger/index.ts'
import { acknowledgeCase } from '../../src/routing/index.ts'
import { aRequest } from '../support/a-request.ts'
import type { Books } from '../support/books.ts'
import { openBooks } from '../support/books.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import type { StoryWeb } from './story-web.ts'
import { storyWeb } from './story-web.ts'

const COUNTY = '320614'
const CHANGLE = 'township-320614103'
const YUDONG = 'township-320614106'
const HAIYONG = 'township-320614102'

type Order = readonly ['CASH' | 'TRANSFER' | 'GOODS' | 'SERVICE', number]

interface Decided {
  readonly id: string
  readonly orders: readonly { readonly id: string }[]
}

describe('Ledger - the postings of the stories through /api/v1', function () {
  this.timeout(30_000)

  let w: World
  let web: StoryWeb
  let books: Books

  beforeEach(async () => {
    w = await world()
    web = storyWeb(w)
    books = await openBooks(w.services, COUNTY)
  })

  afterEach(async () => {
    await books.hold()
    expect((await verifyLedger(w.services.ledger)).faults).to.deep.equal([])
  })

  /** A case of a township, taken by its duty officer. Its number. */
  async function aCase(township: string, officer: string): Promise<string> {
    const place = { code: township, text: '村口' }
    const no = await aRequest(w, 'O1', { place, phone: '12855550001', text: '今晚没有住处' })
    await acknowledgeCase(w.services, { no }, await w.by(officer))
    return no
  }

  async function decide(account: string, no: string, orders: readonly Order[], persons = 1): Promise<Decided> {
    const payee = { name: '测试甲', relation: 'self' }
    const wanted = orders.map(([kind, amountFen]) => ({ kind, amountFen, payee }))
    const body = { kind: 'QUICK', persons, reason: '没有吃住', orders: wanted }
    return (await web.does(account, `/cases/${no}/decisions`, body)) as unknown as Decided
  }

  async function pay(account: string, { orders }: Decided): Promise<void> {
    for (const { id } of orders) await web.does(account, `/payment-orders/${id}/pay`)
  }

  async function supplement(officer: string, { id }: Decided, at: string): Promise<void> {
    await w.passes(at)
    await web.does(officer, `/decisions/${id}/supplement`, { text: '已安置', checked: ['receipt'] })
  }

  it('S01: 35,000 advanced at night, confirmed, and the money part refunded by two people', async () => {
    await w.passes('2026-11-28T23:40:10+08:00')
    const no = await aCase('320614103', 'D-常乐')
    const decided = await decide('D-常乐', no, [
      ['CASH', 20_000],
      ['SERVICE', 12_000],
      ['GOODS', 3_000],
    ])
    expect(await books.booked(), 'held money has not moved').to.deep.equal({})
    await pay('K-常乐', decided)
    expect(await books.booked()).to.deep.equal({
      [`ADVANCE:${no}`]: 35_000,
      'IMPREST:常乐': -32_000,
      'GOODS:常乐': -3_000,
    })
    expect(await books.balanceOf('IMPREST:常乐')).to.equal(4_968_000)
    expect(await books.balanceOf('GOODS:常乐')).to.equal(97_000)

    await endEmergency(w.services, { no, endedAt: new Date('2026-11-28T23:40:10+08:00') }, await w.by('D-常乐'))
    await supplement('D-常乐', decided, '2026-12-01T10:00:00+08:00')
    await web.does('C1', `/decisions/${decided.id}/confirm`)
    expect(await books.booked()).to.deep.equal({ 'RELIEF_EXPENSE:急难': 35_000, [`ADVANCE:${no}`]: -35_000 })

    const { items } = await web.agrees('K-常乐', 'C2', `/funds/${CHANGLE}/replenishments`, { expectedFen: 32_000 })
    expect(await books.booked()).to.deep.equal({ 'IMPREST:常乐': 32_000, COUNTY_FUND: -32_000 })
    expect(await books.balanceOf('IMPREST:常乐')).to.equal(5_000_000)
    const [{ seq }] = items as [{ seq: number }]
    const { accounts } = await web.reads('C2', `/funds/${CHANGLE}/entries/${seq}`)
    expect(accounts, 'on the voucher').to.deep.equal([
      { account: 'IMPREST:常乐', debitFen: 32_000, creditFen: 0 },
      { account: 'COUNTY_FUND', debitFen: 0, creditFen: 32_000 },
    ])
  })

  it('S02: 300,000 by the township and 100,000 by the county, confirmed together', async () => {
    await w.passes('2026-12-02T02:50:00+08:00')
    const no = await aCase('320614104', 'D-悦来')
    const payee = { name: '测试乙', relation: 'self' }
    const tooMuch = [
      { kind: 'CASH', amountFen: 80_001, payee },
      { kind: 'TRANSFER', amountFen: 220_000, payee },
    ]
    const refused = await web.send('D-悦来', `/cases/${no}/decisions`, { persons: 4, reason: '火灾', orders: tooMuch })
    expect((refused.body as { code: string }).code).to.equal('decision.over_limit')
    const first = await decide(
      'D-悦来',
      no,
      [
        ['CASH', 80_000],
        ['GOODS', 40_000],
        ['TRANSFER', 180_000],
      ],
      4,
    )
    await pay('K-悦来', first)
    await w.passes('2026-12-02T09:10:00+08:00')
    const second = await decide('C1', no, [['TRANSFER', 100_000]], 4)
    await pay('C2', second)
    expect(await books.booked()).to.deep.equal({
      [`ADVANCE:${no}`]: 400_000,
      'IMPREST:悦来': -260_000,
      'GOODS:悦来': -40_000,
      COUNTY_FUND: -100_000,
    })
    expect(await books.balanceOf('IMPREST:悦来')).to.equal(4_740_000)

    await endEmergency(w.services, { no, endedAt: new Date('2026-12-02T09:00:00+08:00') }, await w.by('D-悦来'))
    await supplement('D-悦来', first, '2026-12-04T10:00:00+08:00')
    await web.does('C1', `/decisions/${first.id}/confirm`)
    expect(await books.booked()).to.deep.equal({ 'RELIEF_EXPENSE:急难': 300_000, [`ADVANCE:${no}`]: -300_000 })
    const own = { caseNo: no, type: '急难', amountFen: 100_000, reason: 'county-decision' }
    await web.does('C2', `/funds/county-${COUNTY}/confirmed-advances`, own)
    expect(await books.booked()).to.deep.equal({ 'RELIEF_EXPENSE:急难': 100_000, [`ADVANCE:${no}`]: -100_000 })
    expect(await books.balanceOf('IMPREST:悦来'), 'before the refund').to.equal(4_740_000)
  })

  it('hands goods over by the piece: worth less than decided is paid and confirmed as what it is worth', async () => {
    await w.passes('2026-11-30T09:00:00+08:00')
    const quilts = [{ item: 'quilt', quantity: 12, unitFen: 8_000 }]
    await web.does('C2', `/funds/${CHANGLE}/goods`, { goods: quilts })
    const no = await aCase('320614103', 'D-常乐')
    const decided = await decide('D-常乐', no, [['GOODS', 20_000]])
    await books.booked()
    const handing = (quantity: number, unitFen = 8_000) =>
      web.send('K-常乐', `/payment-orders/${decided.orders[0]!.id}/pay`, {
        goods: [{ item: 'quilt', quantity, unitFen }],
      })
    expect(((await handing(3)).body as { code: string }).code).to.equal('hold.over_amount')
    expect(((await handing(2, 7_000)).body as { code: string }).code).to.equal('goods.insufficient')
    expect((await handing(2)).body).to.include({ state: 'PAID', amountFen: 16_000 })
    expect(await books.booked()).to.deep.equal({ [`ADVANCE:${no}`]: 16_000, 'GOODS:常乐': -16_000 })
    await endEmergency(w.services, { no, endedAt: w.clock.now() }, await w.by('D-常乐'))
    await supplement('D-常乐', decided, '2026-12-01T10:00:00+08:00')
    await web.does('C1', `/decisions/${decided.id}/confirm`)
    expect(await books.booked()).to.deep.equal({ 'RELIEF_EXPENSE:急难': 16_000, [`ADVANCE:${no}`]: -16_000 })
  })

  describe('S12: the papers are late', () => {
    let no: string
    let decided: Decided

    beforeEach(async () => {
      await w.passes('2026-11-30T09:00:00+08:00')
      no = await aCase('320614106', 'D-余东')
      decided = await decide('D-余东', no, [['CASH', 60_000]])
      await pay('K-余东', decided)
      await w.passes('2026-11-30T16:00:00+08:00')
      await endEmergency(w.services, { no, endedAt: w.clock.now() }, await w.by('D-余东'))
      expect(await books.booked()).to.deep.equal({ [`ADVANCE:${no}`]: 60_000, 'IMPREST:余东': -60_000 })
    })

    const leftOut = async (): Promise<unknown> => (await web.reads('C2', `/funds/${YUDONG}/replenishments`))['leftOut']

    it('leaves the advance out of the refund, first as missing, then as late', async () => {
      const [item] = [{ caseNo: no, amountFen: 60_000 }]
      expect(await leftOut()).to.deep.equal([{ ...item, reason: 'papers_missing' }])
      await w.passes('2026-12-08T00:00:01+08:00')
      expect(await leftOut()).to.deep.equal([{ ...item, reason: 'papers_late' }])
      const refused = await web.send('C2', `/funds/${YUDONG}/replenishments`)
      expect((refused.body as { code: string }).code).to.equal('fund.nothing_to_refund')
    })

    it('takes late papers all the same', async () => {
      await supplement('D-余东', decided, '2026-12-11T10:00:00+08:00')
      expect(await web.does('C1', `/decisions/${decided.id}/confirm`)).to.include({ state: 'CONFIRMED', isLate: true })
      expect(await books.booked()).to.deep.equal({ 'RELIEF_EXPENSE:急难': 60_000, [`ADVANCE:${no}`]: -60_000 })
    })

    it('confirms in good faith what cannot be proven', async () => {
      const body = { caseNo: no, type: '急难', amountFen: 60_000 }
      const silent = await web.send('C1', `/funds/${YUDONG}/confirmed-advances`, body)
      expect(silent.status, 'not without a reason').to.equal(400)
      await web.does('C1', `/funds/${YUDONG}/confirmed-advances`, { ...body, reason: 'good-faith' })
      expect(await books.booked()).to.deep.equal({ 'RELIEF_EXPENSE:急难': 60_000, [`ADVANCE:${no}`]: -60_000 })
      await web.agrees('C1', 'C2', `/funds/${YUDONG}/replenishments`)
      expect(await books.booked()).to.deep.equal({ 'IMPREST:余东': 60_000, COUNTY_FUND: -60_000 })
    })

    it('recovers from the person, who pays half; the rest is written off by two', async () => {
      const debt = { of: no, debtor: 'person' }
      await web.does('C1', `/funds/${YUDONG}/refused-advances`, { caseNo: no, debtor: 'person', amountFen: 60_000 })
      expect(await books.booked()).to.deep.equal({ [`RECOVERABLE:${no}`]: 60_000, [`ADVANCE:${no}`]: -60_000 })
      await web.does('C2', `/funds/${YUDONG}/debts-taken-over`, { ...debt, amountFen: 60_000 })
      expect(await books.booked(), 'the fund is whole again').to.deep.equal({
        'IMPREST:余东': 60_000,
        COUNTY_FUND: -60_000,
      })
      await web.does('C2', `/funds/county-${COUNTY}/repayments`, { ...debt, amountFen: 30_000 })
      expect(await books.booked()).to.deep.equal({ COUNTY_FUND: 30_000, [`RECOVERABLE:${no}`]: -30_000 })
      const writeOff = { ...debt, amountFen: 30_000, reason: 'debtor-gone' }
      await web.agrees('C1', 'C2', `/funds/county-${COUNTY}/write-offs`, writeOff)
      expect(await books.booked()).to.deep.equal({ 'RELIEF_EXPENSE:loss': 30_000, [`RECOVERABLE:${no}`]: -30_000 })
    })

    it('charges the unit, which pays', async () => {
      const debt = { of: no, debtor: 'unit', amountFen: 60_000 }
      await web.does('C1', `/funds/${YUDONG}/refused-advances`, { caseNo: no, debtor: 'unit', amountFen: 60_000 })
      expect(await books.booked()).to.deep.equal({ [`RECOVERABLE:${no}`]: 60_000, [`ADVANCE:${no}`]: -60_000 })
      await web.does('C2', `/funds/${YUDONG}/debts-taken-over`, debt)
      await web.does('C2', `/funds/county-${COUNTY}/repayments`, debt)
      expect(await books.booked()).to.deep.equal({ 'IMPREST:余东': 60_000, [`RECOVERABLE:${no}`]: -60_000 })
    })
  })

  it('S14: of two cash decisions in one second one is paid, the other refused and paid by the county', async () => {
    await w.passes('2026-12-02T10:00:00+08:00')
    const [first, second] = [await aCase('320614102', 'D-海永'), await aCase('320614102', 'D-海永')]
    const payee = { name: '测试丙', relation: 'self' }
    const body = { kind: 'QUICK', persons: 1, reason: '急用', orders: [{ kind: 'CASH', amountFen: 40_000, payee }] }
    const both = await Promise.all([first, second].map((no) => web.send('D-海永', `/cases/${no}/decisions`, body)))
    const codes = both.map((answer) => (answer.status === 201 ? 'held' : (answer.body as { code: string }).code))
    expect([...codes].sort()).to.deep.equal(['fund.insufficient', 'held'])
    const held = both[codes.indexOf('held')]!.body as Decided
    const [paidNo, refusedNo] = codes[0] === 'held' ? [first, second] : [second, first]

    const key = 'the-same-key-twice'
    const twice = [1, 2].map(() => web.send('K-海永', `/payment-orders/${held.orders[0]!.id}/pay`, {}, key))
    const [once, again] = await Promise.all(twice)
    expect(again!.body).to.deep.equal(once!.body)
    const countys = await decide('C1', refusedNo, [['TRANSFER', 40_000]])
    await pay('C2', countys)
    expect(await books.booked()).to.deep.equal({
      [`ADVANCE:${paidNo}`]: 40_000,
      [`ADVANCE:${refusedNo}`]: 40_000,
      'IMPREST:海永': -40_000,
      COUNTY_FUND: -40_000,
    })
    expect(await books.balanceOf('IMPREST:海永')).to.equal(10_000)
    const lows = await w.services.journal.stream(COUNTY, `fund-alert:${HAIYONG}`)
    expect(lows.map(({ type, data }) => [type, data['freeFen'], data['markFen']])).to.deep.equal([
      ['fund.low', 10_000, 15_000],
    ])
  })
})
