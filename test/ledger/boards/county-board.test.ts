import { expect } from 'chai'
import * as cheerio from 'cheerio'
import request from 'supertest'
import { fileSupplement, confirmSupplement, payOrder } from '../../../src/aid/index.ts'
import { createApp } from '../../../src/app/create-app.ts'
import { endEmergency } from '../../../src/cases/index.ts'
import { makeToken } from '../../../src/directory/index.ts'
import { countyBoard } from '../../../src/ledger/boards/county-board.ts'
import { buyGoods } from '../../../src/ledger/fund-actions.ts'
import { orderAppropriation } from '../../../src/ledger/index.ts'
import { fen } from '../../../src/shared/fen.ts'
import { newId } from '../../../src/shared/ids.ts'
import type { World } from '../../support/world.ts'
import { world } from '../../support/world.ts'
import { decidedCase, FUND } from '../../aid/payment-files/a-bank.ts'

describe('Ledger - county board', function () {
  this.timeout(60_000)
  let story: World

  before(async () => {
    story = await world()
  })

  const board = async (account = 'C2') => countyBoard(story.services, await story.staff(account))
  const pays = async (orderId = '') => payOrder(story.services, { orderId }, await story.by('K-常乐'))

  it('names what is late, what left for something else, what is on its way, and what is open with its due date', async () => {
    expect((await board()).late).to.deep.equal([])
    const first = await decidedCase(story, [12_000])
    const second = await decidedCase(story, [5_000])
    for (const { id } of first.decision.orders) await pays(id)
    await buyGoods(story.services, { fundId: FUND, from: 'bank', amountFen: fen(7_000) }, await story.by('K-常乐'))
    await orderAppropriation(story.services, { fundId: FUND, amountFen: fen(9_000) }, await story.by('C2'))
    await endEmergency(story.services, { no: first.caseNo, endedAt: story.clock.now() }, await story.by('D-常乐'))
    await story.passes('2026-11-22T10:30:00+08:00')
    await pays(second.decision.orders[0]?.id)

    const { late, outflows, advances, quality, lateHours } = await board()
    expect(lateHours).to.equal(24)
    expect(
      late
        .filter(({ caseNo }) => caseNo === second.caseNo)
        .map(({ amountFen, hours, paidAt }) => [amountFen, hours, paidAt !== undefined]),
    ).to.deep.equal([
      [5_000, 49, true],
      [3_000, 49, false],
    ])
    expect(late.filter(({ caseNo }) => caseNo === first.caseNo)).to.deep.equal([])
    expect(
      outflows.filter(({ fundId }) => fundId === FUND).map(({ kind, amountFen }) => [kind, amountFen]),
    ).to.deep.equal([['goods.bought', 7_000]])
    const open = new Map(advances.map((one) => [one.caseNo, one]))
    expect(open.get(first.caseNo)).to.include({ amountFen: 15_000, days: 2, isLate: false })
    expect(open.get(first.caseNo)?.dueAt, 'papers five working days after the emergency').to.be.instanceOf(Date)
    expect(open.get(second.caseNo)?.dueAt, 'its emergency goes on').to.equal(undefined)
    expect(quality.find(({ fundId }) => fundId === FUND)).to.include({ transitDays: 2, holdDays: 2, missingCounts: 1 })
  })

  it('says when papers are overdue, and how long confirmations took once they came', async () => {
    const { caseNo, decision } = await decidedCase(story, [])
    await pays(decision.orders[0]?.id)
    await endEmergency(story.services, { no: caseNo, endedAt: story.clock.now() }, await story.by('D-常乐'))
    await story.passes('2026-12-10T11:00:00+08:00')
    expect((await board()).advances.find((one) => one.caseNo === caseNo)).to.include({ isLate: true, days: 18 })
    const before = (await board()).confirmDays
    const papers = { id: decision.id, text: '票据齐全', checked: ['receipt'] }
    await fileSupplement(story.services, papers, await story.by('D-常乐'))
    await confirmSupplement(story.services, { id: decision.id }, await story.by('C1'))
    expect((await board()).confirmDays).to.deep.equal([...before, 18])
    expect((await board()).advances.find((one) => one.caseNo === caseNo)).to.equal(undefined)
  })

  it('finds money idle where no aid was paid for long, and not before', async () => {
    expect((await board()).idle).to.deep.equal([])
    await story.passes('2027-02-19T10:00:00+08:00')
    const idle = (await board()).idle.map(({ fundId }) => fundId)
    expect(idle).to.include('township-320614104').and.not.include(FUND)
    await story.passes('2027-03-25T10:00:00+08:00')
    expect((await board()).idle.map(({ fundId }) => fundId)).to.include(FUND)
  })

  it('is the county’s alone, on the page and through the API; a township’s people see their own bank and till', async () => {
    const app = createApp(story.services, { ping: () => Promise.resolve() }).http
    const tokenOf = async (account: string) =>
      (await makeToken(story.services, { label: 'test', days: 1 }, await story.by(account))).token ?? ''
    const tokens = new Map<string, string>()
    for (const account of ['C2', 'C1', 'A1', 'K-常乐', 'K-悦来', 'D-常乐', 'O1'])
      tokens.set(account, await tokenOf(account))
    const status = async (account: string, path: string) =>
      (
        await request(app)
          .get(`/api/v1${path}`)
          .set('Authorization', `Bearer ${tokens.get(account) ?? ''}`)
      ).status
    const statuses = async (path: string) => Promise.all([...tokens.keys()].map((account) => status(account, path)))
    expect(await statuses('/finance-board'), 'board').to.deep.equal([200, 200, 200, 403, 403, 403, 403])
    expect(await statuses(`/funds/${FUND}/bank`), 'bank').to.deep.equal([200, 200, 200, 200, 403, 403, 403])
    expect(await statuses(`/funds/${FUND}/cash-counts`), 'till').to.deep.equal([200, 200, 200, 200, 403, 200, 403])
    expect(await statuses('/payment-files'), 'files').to.deep.equal([200, 200, 200, 200, 200, 403, 403])

    const write = (account: string, path: string, body: object, key = newId()) =>
      request(app)
        .post(`/api/v1${path}`)
        .set({ Authorization: `Bearer ${tokens.get(account) ?? ''}`, 'Idempotency-Key': key })
        .send(body)
    expect((await write('A1', `/funds/${FUND}/bank/account`, { account: '6228-0001' })).status).to.equal(403)
    expect((await write('C2', `/funds/${FUND}/bank/account`, { account: '6228-0001' })).status).to.equal(201)
    const file = Buffer.from('account,date\nx\n').toString('base64')
    const refused = await write('K-常乐', `/funds/${FUND}/bank/statement`, { file }, 'a-key-of-this-test')
    expect([refused.status, (refused.body as { code: string }).code]).to.deep.equal([422, 'bank.file_refused'])
    expect(refused.body).to.have.property('detailZh').that.includes('没有任何入账')
    expect(refused.body).to.have.property('detailEn').that.includes('nothing of it was applied')
    const again = await write('K-常乐', `/funds/${FUND}/bank/statement`, { file }, 'a-key-of-this-test')
    expect([again.status, again.headers['idempotency-replayed']], 'the refusal is on record').to.deep.equal([
      422,
      'true',
    ])
    const counted = await write('K-常乐', `/funds/${FUND}/cash-counts`, {
      countedFen: 0,
      pieces: [{ valueFen: 10_000, count: 1 }],
    })
    expect((counted.body as { code: string }).code).to.equal('count.sum_differs')
  })

  it('leads a cashier from the list to each way of paying', async () => {
    const { decision } = await decidedCase(story, [6_000])
    const app = createApp(story.services, { ping: () => Promise.resolve() }).http
    const token = (await makeToken(story.services, { label: 'x', days: 1 }, await story.by('K-常乐'))).token
    const { text } = await request(app).get('/payments').set('Authorization', `Bearer ${token}`)
    const $ = cheerio.load(text)
    expect(
      $('h2')
        .toArray()
        .map((heading) => $(heading).text()),
    ).to.deep.equal(['待发现金', '待转账'])
    expect(
      $(`[data-item="${decision.orders[0]?.id ?? ''}"]`)
        .closest('section')
        .find('h2')
        .text(),
    ).to.equal('待转账')
    expect($('a[href="/payments/files/new"]')).to.have.length(1)
  })
})
