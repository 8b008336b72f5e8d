import { expect } from 'chai'
import type { Express } from 'express'
import request from 'supertest'
import { createJournalReader } from '../../src/journal/index.ts'
import type { Entry } from '../../src/ledger/entry.ts'
import type { By } from '../../src/shared/actor.ts'
import { drawCash, issueGoods, placeHold, postCommands, postHold, verifyLedger } from '../../src/ledger/index.ts'
import { readDebtSub } from '../../src/ledger/debt.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { fen } from '../../src/shared/fen.ts'
import { newId } from '../../src/shared/ids.ts'
import { anActor, byOf } from '../support/actors.ts'
import { advance, anOrder, realLedger } from './real-ledger.ts'
import type { RealLedger } from './real-ledger.ts'
import { ledgerWeb } from './web.ts'

describe('Ledger - the life of a fund', () => {
  let real: RealLedger
  let web: Express
  const signedIn = {} as { as: Actor }
  let finance: Actor
  let civil: Actor
  let cashier: Actor
  let deputy: Actor

  beforeEach(async () => {
    real = await realLedger(5_000_000, 5_000_000, 30)
    web = ledgerWeb(real, signedIn)
    finance = anActor(real.county, 'county_finance', real.county, 'C2')
    civil = anActor(real.county, 'county_civil', real.county, 'C1')
    cashier = anActor(real.county, 'cashier', `${real.county}103`, 'K-1')
    deputy = anActor(real.county, 'deputy', `${real.county}103`, 'B-1')
  })

  afterEach(async () => {
    for (const fundId of [real.township, real.countyFund])
      expect((await verifyLedger(real.ledger, { fundId })).faults).to.deep.equal([])
  })

  type Body = Record<string, unknown>

  async function send(actor: Actor, path: string, body: object = {}, key: string = newId()): Promise<Body> {
    signedIn.as = actor
    const answer = await request(web).post(`/api/v1${path}`).set('Idempotency-Key', key).send(body)
    return { status: answer.status, ...(answer.body as Body) }
  }

  const ofFund = (path: string): string => `/funds/${real.township}/${path}`
  const ofCounty = (path: string): string => `/funds/${real.countyFund}/${path}`

  /** What a command booked, as `kind: debit x, credit y` of each entry. */
  async function booked(answer: Body): Promise<string[]> {
    const items = answer['items'] as readonly { fundId: string; seq: number }[] | undefined
    if (!items) throw new Error(JSON.stringify(answer))
    const entries = await Promise.all(items.map(({ fundId, seq }) => real.ledger.entry(real.county, fundId, seq)))
    return entries.map((entry) => written(entry!))
  }

  function written({ kind, legs }: Entry): string {
    return `${kind}: ${legs.map(({ a, d, c }) => (d > 0 ? `${a} ${d}` : `/ ${a} ${c}`)).join(' ')}`
  }

  async function propose(actor: Actor, path: string, body: object = {}): Promise<Body> {
    const answer = await send(actor, path, body)
    if (answer['status'] !== 201) throw new Error(JSON.stringify(answer))
    return answer
  }

  async function approve(actor: Actor, { fundId, proposalId, digest }: Body): Promise<Body> {
    return send(actor, `/funds/${String(fundId)}/proposals/${String(proposalId)}/approval`, { digest })
  }

  async function bal(fundId = real.township): Promise<Readonly<Record<string, number>>> {
    return (await real.ledger.head(real.county, fundId))!.bal
  }

  const by = (actor: Actor): By => byOf(actor)

  describe('papers that do not hold', () => {
    it('books a refused advance as owed, taken over by the county, and repaid to it', async () => {
      await advance(real, 60_000, 'A1')
      const debt = { of: 'A1', debtor: 'person', amountFen: 60_000 }
      const refused = await send(civil, ofFund('refused-advances'), {
        caseNo: 'A1',
        debtor: 'person',
        amountFen: 60_000,
      })
      expect(await booked(refused)).to.deep.equal(['advance.refused: recover 60000 / advance 60000'])
      expect(await booked(await send(finance, ofFund('debts-taken-over'), debt))).to.deep.equal([
        'debt.taken-over: bank 60000 / recover 60000',
        'county.debt.taken-over: c_recover 60000 / c_bank 60000',
      ])
      expect(await booked(await send(finance, ofCounty('repayments'), debt))).to.deep.equal([
        'debt.repaid: c_bank 60000 / c_recover 60000',
      ])
      expect(await send(finance, ofCounty('repayments'), debt), 'more than is owed').to.include({
        code: 'ledger.over_balance',
      })
    })

    it('recalls a confirmed claim, and recovers an expense by two people', async () => {
      await advance(real, 60_000, 'A1')
      const claim = { caseNo: 'A1', type: '急难' }
      await send(civil, ofFund('confirmed-advances'), { ...claim, amountFen: 60_000, reason: 'good-faith' })
      const recalled = await send(civil, ofFund('recalled-claims'), { ...claim, debtor: 'unit', amountFen: 10_000 })
      expect(await booked(recalled)).to.deep.equal(['claim.recalled: recover 10000 / claim 10000'])
      const refund = await propose(cashier, ofFund('replenishments'))
      expect(refund).to.include({ do: 'replenish', state: 'open', totalFen: 50_000 })
      expect(await booked(await approve(finance, refund))).to.deep.equal([
        'claims.replenished: bank 50000 / claim 50000',
        'county.claims.replenished: c_expense 50000 / c_bank 50000',
      ])
      const recovery = await propose(civil, ofCounty('recoveries'), { ...claim, debtor: 'person', amountFen: 5_000 })
      expect(await booked(await approve(finance, recovery))).to.deep.equal([
        'recovery.ordered: c_recover 5000 / c_expense 5000',
      ])
      const debt = { of: 'A1', debtor: 'person', amountFen: 5_000, reason: 'debtor-gone' }
      const loss = await propose(civil, ofCounty('write-offs'), debt)
      expect(await booked(await approve(finance, loss))).to.deep.equal([
        'debt.written-off: c_expense 5000 / c_recover 5000',
      ])
      const [entry] = await real.ledger.entries(real.county, real.countyFund, { limit: 1 })
      expect(entry).to.include({ actor: 'C1', approver: 'C2', reason: 'debtor-gone' })
    })
  })

  describe('the fixed sum and the end of the year', () => {
    it('raises the quota on its way, and lowers it at once, with the terms', async () => {
      const raise = await propose(civil, ofFund('quota-raises'), { amountFen: 1_000_000 })
      expect(await send(finance, ofFund('quota-cuts'), { amountFen: 1 }), 'one change at a time').to.include({
        code: 'proposal.open_before',
      })
      expect(await booked(await approve(finance, raise))).to.deep.equal([
        'quota.raised: transit 1000000 / quota 1000000',
        'county.quota.raised: c_funds 1000000 / c_bank 1000000',
      ])
      await send(cashier, ofFund('arrivals'), { amountFen: 1_000_000 })
      expect((await real.ledger.head(real.county, real.township))!.terms.floatFen).to.equal(6_000_000)
      const cut = await propose(civil, ofFund('quota-cuts'), { amountFen: 2_000_000 })
      expect(await booked(await approve(finance, cut))).to.deep.equal([
        'quota.lowered: quota 2000000 / bank 2000000',
        'county.quota.lowered: c_bank 2000000 / c_funds 2000000',
      ])
      expect((await real.ledger.head(real.county, real.township))!.terms.floatFen).to.equal(4_000_000)
    })

    it('tells the county once when a raise puts the mark above what is there, and not again when it comes back', async () => {
      const lows = async () => {
        const lines = await createJournalReader(real.connection).stream(real.county, `fund-alert:${real.township}`)
        return lines.filter(({ type }) => type === 'fund.low').map(({ data }) => [data['freeFen'], data['markFen']])
      }
      const raise = await propose(civil, ofFund('quota-raises'), { amountFen: 12_000_000 })
      await approve(finance, raise)
      expect(await lows()).to.deep.equal([[5_000_000, 5_100_000]])
      await send(cashier, ofFund('arrivals'), { amountFen: 12_000_000 })
      expect(await lows()).to.have.length(1)
      const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, anOrder(real, 12_000_000)))
      expect(await lows(), 'a second time below').to.have.length(2)
      await real.alone(real.officer('K-1'), (tx) => postHold(real, tx, { holdId }))
      expect(await lows(), 'paying what was held changes nothing').to.have.length(2)
    })

    it('orders what is to be given back and books it when the county has it', async () => {
      expect(await booked(await send(finance, ofFund('returns'), { amountFen: 300_000 }))).to.deep.equal([
        'return.ordered: quota 300000 / return 300000',
      ])
      expect(await booked(await send(finance, ofFund('returns-received'), { amountFen: 300_000 }))).to.deep.equal([
        'return.paid: return 300000 / bank 300000',
        'county.return.received: c_bank 300000 / c_funds 300000',
      ])
      expect(await send(finance, ofFund('returns-received'), { amountFen: 1 })).to.include({
        code: 'ledger.over_balance',
      })
    })

    it('settles claims without refund: the fund is smaller, the county has spent what lay there', async () => {
      await advance(real, 40_000, 'A1')
      const line = { caseNo: 'A1', type: '急难', amountFen: 40_000 }
      await send(civil, ofFund('confirmed-advances'), { ...line, reason: 'good-faith' })
      const settlement = await propose(cashier, ofFund('settlements'), { lines: [line] })
      expect(await booked(await approve(finance, settlement))).to.deep.equal([
        'claims.settled: quota 40000 / claim 40000',
        'county.claims.settled: c_expense 40000 / c_funds 40000',
      ])
    })
  })

  describe('counts', () => {
    beforeEach(() => drawCash(real, { fundId: real.township, amountFen: fen(200_000) }, by(cashier)))

    it('books a shortage under two names, charges the keeper, and the county takes the debt over', async () => {
      const short = await propose(cashier, ofFund('shortages'), { account: 'cash', amountFen: 500 })
      expect(await approve(cashier, short), 'nobody witnesses himself').to.include({ code: 'fund.forbidden' })
      expect(await booked(await approve(deputy, short))).to.deep.equal(['count.short: suspense 500 / cash 500'])
      expect(
        await send(civil, ofFund('charges'), { of: 'count-1', amountFen: 501 }),
        'more than is missing',
      ).to.include({ code: 'ledger.over_balance' })
      const charge = await propose(civil, ofFund('charges'), { of: 'count-1', amountFen: 500 })
      expect(await booked(await approve(finance, charge))).to.deep.equal([
        'shortage.charged: recover 500 / suspense 500',
      ])
      const [debt] = await real.ledger.subsOf(real.county, { fundId: real.township, accounts: ['recover'] })
      expect(readDebtSub(debt!.sub)).to.deep.equal({ of: 'count-1', debtor: 'custodian' })
      const lines = await createJournalReader(real.connection).stream(real.county, 'case:count-1')
      expect(lines, 'a count is no case').to.deep.equal([])
    })

    it('books a surplus and hands it over to the county', async () => {
      const over = await propose(cashier, ofFund('surpluses'), { account: 'cash', amountFen: 700 })
      expect(await booked(await approve(deputy, over))).to.deep.equal(['count.over: cash 700 / suspense 700'])
      const hand = await propose(civil, ofFund('surpluses-handed-over'), { amountFen: 700 })
      expect(await booked(await approve(finance, hand))).to.deep.equal([
        'surplus.handed-over: suspense 700 / return 700',
        'county.surplus.handed-over: c_funds 700 / c_budget 700',
      ])
      expect(await bal()).to.include({ suspense: 0, return: 700 })
    })
  })

  describe('goods', () => {
    const rice = { item: 'rice-5kg', quantity: 40, unitFen: 2_500 }
    const stock = async (): Promise<unknown> => {
      signedIn.as = finance
      return ((await request(web).get(`/api/v1/funds/${real.township}`)).body as Body)['stock']
    }

    it('keeps lots by price, hands out by the piece, and never more than there is', async () => {
      const goods = [rice, { ...rice, quantity: 10, unitFen: 2_600 }]
      await send(finance, ofFund('goods'), { goods })
      await send(cashier, ofFund('purchases'), {
        from: 'bank',
        goods: [{ item: 'quilt', quantity: 2, unitFen: 8_000 }],
      })
      expect(await stock()).to.deep.equal([
        { item: 'rice-5kg', quantity: 40, unitFen: 2_500, valueFen: 100_000 },
        { item: 'rice-5kg', quantity: 10, unitFen: 2_600, valueFen: 26_000 },
        { item: 'quilt', quantity: 2, unitFen: 8_000, valueFen: 16_000 },
      ])
      const order = { ...anOrder(real, 10_000, 'A1'), account: 'inkind' as const }
      const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, order))
      const handing = (quantity: number, unitFen: number) =>
        real.alone(real.officer('K-1'), (tx) =>
          postHold(real, tx, { holdId, goods: [{ item: 'rice-5kg', quantity, unitFen: fen(unitFen) }] }),
        )
      const codeOf = (work: Promise<unknown>) =>
        work.then(
          () => 'done',
          (error: unknown) => (error as { code?: string }).code,
        )
      expect(await codeOf(handing(5, 2_500)), 'worth more than promised').to.equal('hold.over_amount')
      expect(await codeOf(handing(1, 9_999)), 'no such lot').to.equal('goods.insufficient')
      expect(await codeOf(handing(3, 2_500))).to.equal('done')
      expect((await real.ledger.head(real.county, real.township))!.held['inkind']).to.equal(0)
      expect(((await stock()) as { quantity: number }[])[0]).to.include({ quantity: 37 })
      expect(await bal()).to.include({ inkind: 134_500, advance: 7_500 })
    })

    it('books goods a count found missing, lot by lot', async () => {
      await send(finance, ofFund('goods'), { goods: [rice] })
      const body = { account: 'inkind', goods: [{ ...rice, quantity: 2 }] }
      const short = await propose(cashier, ofFund('shortages'), body)
      expect(await booked(await approve(deputy, short))).to.deep.equal(['count.short: suspense 5000 / inkind 5000'])
      expect(((await stock()) as { quantity: number }[])[0]).to.include({ quantity: 38 })
      const other = await send(cashier, ofFund('shortages'), {
        ...body,
        goods: [{ ...rice, quantity: 2, unitFen: 2_600 }],
      })
      expect(other, 'of that price there is none').to.include({ code: 'goods.insufficient' })
    })

    it('refuses goods that are not worth what is said', async () => {
      expect(await send(finance, ofFund('goods'), { goods: [rice], amountFen: 99_999 })).to.include({
        code: 'goods.value_differs',
      })
      expect(await bal()).to.include({ inkind: 0 })
    })
  })

  it('pays donated money for a case, apart from every fund, when two people say so', async () => {
    const fundId = `donation-${real.county}`
    await send(finance, '/funds', { fundId, name: '捐赠' })
    await send(finance, `/funds/${fundId}/donations`, { amountFen: 20_000 })
    const use = { caseNo: 'A1', amountFen: 15_000 }
    const payment = await propose(finance, `/funds/${fundId}/donation-uses`, use)
    expect(await booked(await approve(civil, payment))).to.deep.equal(['aid.paid: d_used 15000 / d_bank 15000'])
    expect(await send(finance, `/funds/${fundId}/donation-uses`, use), 'more than was given').to.include({
      code: 'fund.insufficient',
    })
    expect(await send(finance, ofFund('donation-uses'), use), 'never out of a reserve fund').to.include({
      code: 'ledger.purpose_forbidden',
    })
    expect((await verifyLedger(real.ledger, { fundId })).faults).to.deep.equal([])
  })

  describe('what is undone', () => {
    it('undoes an event in all its books, once, with a reason and a second person', async () => {
      const issued = await issueGoods(real, { fundId: real.township, amountFen: fen(700) }, by(finance))
      const seq = issued[0]!.seq
      const silent = await send(finance, ofFund(`entries/${seq}/reversal`))
      expect(silent, 'without a reason').to.include({ status: 400 })
      const proposal = await propose(finance, ofFund(`entries/${seq}/reversal`), { reason: 'mistyped' })
      expect(await booked(await approve(civil, proposal))).to.deep.equal([
        'entry.reversed: quota 700 / inkind 700',
        'county.entry.reversed: c_bank 700 / c_funds 700',
      ])
      const [undone] = await real.ledger.entries(real.county, real.township, { limit: 1 })
      expect(undone).to.include({
        reverses: `${real.township}:${seq}`,
        actor: 'C2',
        approver: 'C1',
        reason: 'mistyped',
      })
      expect(await send(finance, ofFund(`entries/${seq}/reversal`), { reason: 'mistyped' })).to.include({
        code: 'entry.reversed_before',
      })
      expect(await send(finance, ofFund(`entries/${undone!.seq}/reversal`), { reason: 'mistyped' })).to.include({
        code: 'entry.not_reversible',
      })
    })

    it('keeps the guards: what was spent meanwhile cannot be undone', async () => {
      const issued = await issueGoods(real, { fundId: real.township, amountFen: fen(700) }, by(finance))
      const order = { ...anOrder(real, 500), account: 'inkind' as const }
      await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, order))
      const refused = await send(finance, ofFund(`entries/${issued[0]!.seq}/reversal`), { reason: 'mistyped' })
      expect(refused).to.include({ code: 'fund.insufficient' })
    })

    it('of two approvals at once only one undoes', async () => {
      const [entry] = await drawCash(real, { fundId: real.township, amountFen: fen(700) }, by(cashier))
      const proposal = await propose(cashier, ofFund(`entries/${entry!.seq}/reversal`), { reason: 'mistyped' })
      signedIn.as = civil
      const path = ofFund(`proposals/${String(proposal['proposalId'])}/approval`)
      const both = await Promise.all(
        [newId(), newId()].map((key) =>
          request(web).post(`/api/v1${path}`).set('Idempotency-Key', key).send({ digest: proposal['digest'] }),
        ),
      )
      expect(both.map(({ status }) => status).sort()).to.deep.equal([201, 422])
      expect(await bal()).to.include({ cash: 0, bank: 5_000_000 })
    })

    it('takes back what the bank returned, but never what was handed over', async () => {
      await advance(real, 3_000, 'A1')
      const [paid] = await real.ledger.entries(real.county, real.township, { limit: 1 })
      expect(await booked(await send(cashier, ofFund(`entries/${paid!.seq}/bank-return`)))).to.deep.equal([
        'payment.returned: bank 3000 / advance 3000',
      ])
      expect(await send(cashier, ofFund(`entries/${paid!.seq}/bank-return`))).to.include({
        code: 'entry.reversed_before',
      })
      await drawCash(real, { fundId: real.township, amountFen: fen(10_000) }, by(cashier))
      const order = { ...anOrder(real, 1_000), account: 'cash' as const }
      const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, order))
      const { seq } = await real.alone(real.officer('K-1'), (tx) => postHold(real, tx, { holdId }))
      for (const path of ['bank-return', 'reversal'])
        expect(await send(cashier, ofFund(`entries/${seq}/${path}`), { reason: 'mistyped' }), path).to.include({
          code: 'entry.not_reversible',
        })
    })
  })

  describe('proposals', () => {
    const claim = { caseNo: 'A1', type: '急难' }

    beforeEach(async () => {
      await advance(real, 60_000, 'A1')
      await send(civil, ofFund('confirmed-advances'), { ...claim, amountFen: 60_000, reason: 'good-faith' })
    })

    it('book nothing until another person has agreed to exactly what he saw', async () => {
      const proposal = await propose(finance, ofFund('replenishments'))
      expect(await bal()).to.include({ claim: 60_000 })
      expect(await approve(finance, proposal)).to.include({ code: 'proposal.same_person', status: 422 })
      const other = { ...proposal, digest: 'f'.repeat(64) }
      expect(await approve(civil, other)).to.include({ code: 'proposal.stale' })
      expect(await approve(civil, proposal)).to.include({ state: 'approved', status: 201 })
      expect(await approve(civil, proposal)).to.include({ code: 'proposal.decided' })
      expect(await bal()).to.include({ claim: 0, bank: 5_000_000 })
      const [entry] = await real.ledger.entries(real.county, real.township, { limit: 1 })
      expect(entry!.source).to.deep.equal({ type: 'proposal', id: proposal['proposalId'] })
    })

    it('are refused as stale when what they are about has changed', async () => {
      const proposal = await propose(cashier, ofFund('replenishments'))
      await send(civil, ofFund('recalled-claims'), { ...claim, debtor: 'unit', amountFen: 1 })
      const stale = await approve(finance, proposal)
      expect(stale).to.include({ code: 'proposal.stale', status: 422 })
      expect(stale['detailZh']).to.include('重新提出')
      expect(stale['detailEn']).to.include('propose anew')
      expect(await bal()).to.include({ claim: 59_999 })
      const refusal = ofFund(`proposals/${String(proposal['proposalId'])}/refusal`)
      expect(await send(finance, refusal, { reason: 'changed' })).to.include({ state: 'refused', status: 201 })
      expect(await approve(finance, await propose(cashier, ofFund('replenishments')))).to.include({ status: 201 })
    })

    it('of the same thing wait once, can be taken back by whoever made them, and are listed with their end', async () => {
      const proposal = await propose(cashier, ofFund('replenishments'))
      expect(await send(finance, ofFund('replenishments'))).to.include({ code: 'proposal.open_before' })
      const refusal = ofFund(`proposals/${String(proposal['proposalId'])}/refusal`)
      expect(await send(cashier, refusal, { reason: 'mistyped' })).to.include({ state: 'refused' })
      signedIn.as = finance
      const { items } = (await request(web).get(`/api/v1${ofFund('proposals')}`)).body as { items: Body[] }
      expect(items.map(({ state, refusedFor, decidedBy }) => [state, refusedFor, decidedBy])).to.deep.equal([
        ['refused', 'mistyped', 'K-1'],
      ])
    })

    it('are agreed to only by those whose post it is, and never by who only looks', async () => {
      const proposal = await propose(cashier, ofFund('replenishments'))
      const auditor = anActor(real.county, 'auditor', real.county, 'A1')
      const neighbour = anActor(real.county, 'deputy', `${real.county}104`, 'B-2')
      for (const stranger of [auditor, deputy, neighbour])
        expect(await approve(stranger, proposal)).to.include({ code: 'fund.forbidden', status: 403 })
      expect(await bal()).to.include({ claim: 60_000 })
    })

    it('cannot be posted around: one name alone is refused by the rules themselves', async () => {
      const lines = [{ ...claim, amountFen: fen(60_000), into: 'bank' as const }]
      const source = { type: 'test', id: newId() }
      const alone = real.alone(real.finance(), (tx) =>
        postCommands(real, tx, [{ do: 'replenish', fundId: real.township, lines, approver: 'C2', source }]),
      )
      expect(await alone.catch((error: unknown) => (error as { code?: string }).code)).to.equal('ledger.second_person')
    })
  })
})
