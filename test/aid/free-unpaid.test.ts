import { expect } from 'chai'
import { decideAid, freeUnpaid, payOrder } from '../../src/aid/index.ts'
import { failOrder } from '../../src/aid/pay-order.ts'
import { freeFen, townshipFundId, verifyLedger } from '../../src/ledger/index.ts'
import { acknowledgeCase } from '../../src/routing/index.ts'
import { newId } from '../../src/shared/ids.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { aRequest } from '../support/a-request.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

const COUNTY = '371312'
const FUND = townshipFundId('371312004')

describe('Aid - free unpaid money', () => {
  let w: World

  before(async () => {
    w = await world()
    w.clock.set('2026-11-20T10:00:00+08:00')
  })

  const theCase = async (no: string) => (await w.services.cases.find(COUNTY, no))!
  const cashLeft = async (): Promise<number> => freeFen((await w.services.ledger.head(COUNTY, FUND))!, 'cash')
  const entriesOf = async (no: string) => (await w.services.ledger.entriesOfCases(COUNTY, [no])).map(({ kind }) => kind)
  const promised = async (...sums: readonly number[]) => {
    const caseNo = await aRequest(w, 'HD-O4', {
      place: { code: '371312004', text: '书台村' },
      phone: '12800005555',
      text: '摔伤，身边没有人',
    })
    const no = caseNo
    await acknowledgeCase(w.services, { no }, await w.by('HD-D-相公'))
    const payee = { name: '测试丁', relation: 'self' as const }
    const decision = await decideAid(
      w.services,
      {
        no,
        kind: 'QUICK',
        persons: 1,
        reason: '没有钱看病',
        orders: sums.map((amountFen) => ({ kind: 'CASH' as const, amountFen, payee })),
      },
      await w.by('HD-D-相公'),
    )
    await w.settles()
    return { no, id: decision.id, orders: decision.orders.map((order) => order.id) }
  }

  describe('when the days of a promise are over', () => {
    let atFirst: number
    let unpaid: Awaited<ReturnType<typeof promised>>
    let half: Awaited<ReturnType<typeof promised>>

    before(async () => {
      atFirst = await cashLeft()
      unpaid = await promised(20_000, 10_000)
      half = await promised(3_000, 2_000)
      await payOrder(w.services, { orderId: half.orders[0]! }, await w.by('HD-K-相公'))
      await w.passes('2026-11-27T23:59:59+08:00')
    })

    it('holds the money until the last second', async () => {
      expect(await cashLeft()).to.equal(atFirst - 35_000)
    })

    it('gives back to the fund what nobody paid, to the fen', async () => {
      await w.passes('2026-11-28T00:00:00+08:00')
      expect(await cashLeft()).to.equal(atFirst - 3_000)
      const found = await theCase(unpaid.no)
      expect(found.aid).to.include({ heldFen: 0, paidFen: 0 })
      expect(found.obligations.map(({ kind }) => kind)).not.to.include('payment')
      expect((await w.services.aid.find(COUNTY, unpaid.id))!.state).to.equal('CANCELLED')
      const clocks = await w.services.deadlines.openFor(COUNTY, `case:${unpaid.no}`)
      expect(clocks.map(({ name }) => name)).not.to.include('payment.hold')
    })

    it('does so once, however often it is asked', async () => {
      const once = await entriesOf(unpaid.no)
      expect(once.filter((kind) => kind === 'hold.expired')).to.have.length(2)
      const by = { actor: systemActor(COUNTY), key: newId(), bodyHash: '' }
      const again = await freeUnpaid(w.services, { decisionId: unpaid.id }, by)
      expect(again).to.deep.equal({ decisionId: unpaid.id, freedFen: 0 })
      await w.settles()
      expect(await entriesOf(unpaid.no)).to.deep.equal(once)
    })

    it('tells whoever is responsible, who can decide anew', async () => {
      const told = (await w.services.notices.ofCase(COUNTY, unpaid.no)).filter(({ kind }) => kind === 'promise_expired')
      const { staffId } = (await theCase(unpaid.no)).responsible
      expect(told.map(({ to, medium, about }) => [to, medium, about])).to.have.deep.members([
        [staffId, 'screen', { amountFen: 30_000 }],
        [staffId, 'text', { amountFen: 30_000 }],
      ])
    })

    it('leaves alone what was paid, which owes its papers', async () => {
      const decision = (await w.services.aid.find(COUNTY, half.id))!
      expect(decision.state).to.equal('PAID')
      expect(decision.orders.map(({ state, failReason }) => [state, failReason])).to.deep.equal([
        ['PAID', undefined],
        ['FAILED', 'promise_expired'],
      ])
      expect((await theCase(half.no)).obligations.map(({ kind }) => kind)).to.include('supplement')
      const lines = await w.services.journal.stream(COUNTY, `case:${half.no}`)
      const advanced = lines.filter(({ type }) => type === 'aid.advanced')
      expect(advanced.map(({ data }) => data['amountFen'])).to.deep.equal([3_000])
    })
  })

  it('has no clock left when everything was paid in time', async () => {
    const { no, orders } = await promised(1_000)
    await payOrder(w.services, { orderId: orders[0]! }, await w.by('HD-K-相公'))
    const clocks = await w.services.deadlines.allFor(COUNTY, `case:${no}`)
    expect(clocks.find(({ name }) => name === 'payment.hold')).to.include({ state: 'MET', isOpen: false })
  })

  it('lets a cashier take back every order of a decision', async () => {
    const { id, orders } = await promised(1_000, 500)
    for (const orderId of orders)
      await failOrder(w.services, { orderId, reason: 'payee_absent' }, await w.by('HD-K-相公'))
    expect((await w.services.aid.find(COUNTY, id))!.state).to.equal('CANCELLED')
  })

  it('leaves books that hold', async () => {
    expect((await verifyLedger(w.services.ledger, { fundId: FUND })).faults).to.deep.equal([])
  })
})
