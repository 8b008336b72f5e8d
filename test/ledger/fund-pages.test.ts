import * as cheerio from 'cheerio'
import { expect } from 'chai'
import type { Express } from 'express'
import request from 'supertest'
import { confirmAdvance, drawCash, issueGoods, placeHold, postHold } from '../../src/ledger/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { fen } from '../../src/shared/fen.ts'
import { newId } from '../../src/shared/ids.ts'
import { anActor } from '../support/actors.ts'
import { anOrder, realLedger } from './real-ledger.ts'
import type { RealLedger } from './real-ledger.ts'
import { ledgerWeb } from './web.ts'

describe('Ledger - fund pages', () => {
  let real: RealLedger
  let web: Express
  const signedIn = {} as { as: Actor }
  let finance: Actor
  let cashier: Actor

  /** S01 as far as its papers are complete: cash 20,000, voucher 12,000, food 3,000. */
  async function confirmedS01(): Promise<void> {
    await issueGoods(real, { fundId: real.township, amountFen: fen(100_000) }, real.finance())
    await drawCash(real, { fundId: real.township, amountFen: fen(200_000) }, real.officer('K-1'))
    for (const [account, amount] of [
      ['cash', 20_000],
      ['bank', 12_000],
      ['inkind', 3_000],
    ] as const) {
      const order = { ...anOrder(real, amount, 'S01'), account }
      const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, order))
      await real.alone(real.officer('K-1'), (tx) => postHold(real, tx, { holdId }))
    }
    const claim = { fundId: real.township, caseNo: 'S01', type: '急难', amountFen: fen(35_000) }
    await real.alone(real.finance(), (tx) =>
      confirmAdvance(real, tx, { ...claim, source: { type: 'supplement', id: 'S01' } }),
    )
  }

  async function page(path: string): Promise<cheerio.CheerioAPI> {
    const { text, status } = await request(web).get(path)
    expect(status, text.slice(0, 500)).to.equal(200)
    return cheerio.load(text)
  }

  function textOf(found: { text(): string }): string {
    return found.text().replace(/\s+/g, ' ').trim()
  }

  beforeEach(async () => {
    real = await realLedger(5_000_000, 5_000_000, 30)
    web = ledgerWeb(real, signedIn)
    finance = anActor(real.county, 'county_finance', real.county, 'C2')
    cashier = anActor(real.county, 'cashier', `${real.county}103`, 'K-1')
    signedIn.as = finance
  })

  it('shows what is in the box, what is promised, what is free, and where every fen is', async () => {
    await confirmedS01()
    await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, anOrder(real, 50_000, 'S99')))
    const $ = await page(`/funds/${real.township}`)
    expect(textOf($('h1'))).to.equal('镇备用金')
    const figures = $('.jjn-figures dd')
      .toArray()
      .map((cell) => textOf($(cell)))
    expect(figures).to.deep.equal(['¥49,680.00', '¥500.00', '¥49,180.00', '¥970.00'])
    const sums = $('.jjn-sum__line')
      .toArray()
      .map((line) => textOf($(line).find('dd')))
    expect(sums).to.deep.equal(['¥47,880.00', '¥1,800.00', '¥970.00', '¥0.00', '¥0.00', '¥350.00', '¥51,000.00'])
    expect($('[data-live]').attr('data-live')).to.equal(`fund:${real.township}`)
    expect($('a[href="/cases/S99"]')).to.have.length(1)
  })

  it('lists every movement with its voucher and the balance after it, newest first, page by page', async () => {
    await confirmedS01()
    const $ = await page(`/funds/${real.township}?after=9`)
    const rows = $('section').last().find('tbody tr').toArray()
    const cells = rows.map((row) =>
      $(row)
        .find('td')
        .toArray()
        .map((cell) => textOf($(cell))),
    )
    expect(cells.map(([seq]) => seq)).to.deep.equal(['8', '7', '6', '5', '4', '3', '2', '1'])
    expect(cells[1]?.slice(2)).to.deep.equal(['支付救助款 S01', '¥200.00', '−¥200.00', '¥49,800.00'])
    expect(rows[0] && $(rows[0]).find('a').attr('href')).to.equal(`/funds/${real.township}/entries/8`)
  })

  it('refunds what is confirmed when the township asks and the county agrees, goods left out, once', async () => {
    await confirmedS01()
    signedIn.as = cashier
    const $ = await page(`/funds/${real.township}`)
    const form = $(`form[action="/funds/${real.township}/refund"]`)
    expect(textOf(form.find('button'))).to.equal('申请补足 ¥320.00')
    expect(textOf($('table:contains("本次不补足") tbody'))).to.equal('S01¥30.00以实物发放')
    const body = { expectedFen: form.find('[name=expectedFen]').val(), _key: newId() }
    const post = () => request(web).post(`/funds/${real.township}/refund`).type('form').send(body)
    expect((await post()).headers['location']).to.equal(`/funds/${real.township}`)
    expect((await post()).headers['location'], 'sent twice').to.equal(`/funds/${real.township}`)
    const asked = await page(`/funds/${real.township}`)
    expect(asked(`form[action="/funds/${real.township}/refund"]`)).to.have.length(0)
    const address = asked('a[href*="/proposals/"]').attr('href')!
    expect((await page(address))('form[action$="/approve"]'), 'not one’s own').to.have.length(0)

    signedIn.as = finance
    const seen = await page(address)
    const digest = seen('form[action$="/approve"] [name=digest]').val()
    const approvalKey = newId()
    const approve = () => request(web).post(`${address}/approve`).type('form').send({ digest, _key: approvalKey })
    expect((await approve()).headers['location']).to.equal(`/funds/${real.township}`)
    expect((await approve()).headers['location'], 'sent twice').to.equal(`/funds/${real.township}`)

    const { bankFen, cashFen, claimFen } = (await request(web).get(`/api/v1/funds/${real.township}`)).body as Record<
      string,
      number
    >
    expect({ bankFen, cashFen, claimFen }).to.deep.equal({ bankFen: 4_820_000, cashFen: 180_000, claimFen: 3_000 })
    const after = await page(`/funds/${real.township}`)
    expect(after(`form[action="/funds/${real.township}/refund"]`)).to.have.length(0)
  })

  it('shows the page again with the present sum when the claims have changed meanwhile', async () => {
    await confirmedS01()
    const { text, status } = await request(web)
      .post(`/funds/${real.township}/refund`)
      .type('form')
      .send({ expectedFen: '31999', _key: newId() })
    expect(status).to.equal(422)
    const $ = cheerio.load(text)
    expect(textOf($('[data-error-summary]'))).to.include('待补足的金额已经变化')
    expect(textOf($(`form[action="/funds/${real.township}/refund"] button`))).to.equal('申请补足 ¥320.00')
  })

  it('lets the cashier draw cash by typing yuan, and says why not in words', async () => {
    signedIn.as = cashier
    const path = `/funds/${real.township}/moves/cash-draw`
    expect(textOf((await page(path))('h1'))).to.equal('从专户提取现金')
    const send = (amount: string) => request(web).post(path).type('form').send({ amount, _key: newId() })
    expect((await send('1,234.50')).status).to.equal(303)
    expect((await real.ledger.head(real.county, real.township))!.bal.cash).to.equal(123_450)

    const tooMuch = await send('99999')
    expect(tooMuch.status).to.equal(422)
    const $ = cheerio.load(tooMuch.text)
    expect(textOf($('[data-error-summary]'))).to.include('可用余额不足')
    expect($('[name=amount]').val()).to.equal('99999')

    for (const wrong of ['', '0', '-5', '1.234', '1e3', 'abc']) {
      const answer = await send(wrong)
      expect(answer.status, wrong).to.equal(400)
    }
  })

  it('books goods by the piece, shows the lots, and says what is wrong with a form in its own language', async () => {
    const path = `/funds/${real.township}/moves/goods`
    const send = (body: object) =>
      request(web)
        .post(path)
        .type('form')
        .send({ ...body, _key: newId() })
    expect((await send({ item: 'quilt', quantity: '12', unit: '80' })).status).to.equal(303)
    expect((await send({ amount: '10' })).status, 'by value alone').to.equal(303)
    const $ = await page(`/funds/${real.township}`)
    const stock = $('table:contains("库存物资") tbody tr')
      .toArray()
      .map((row) => textOf($(row)))
    expect(stock).to.deep.equal(['quilt12¥80.00¥960.00', '只按金额登记的物资¥10.00'])

    for (const [body, field, words] of [
      [{}, 'amount', '请填写金额'],
      [{ item: 'quilt', unit: '80' }, 'quantity', '数量要写成大于 0 的整数'],
      [{ item: '棉被 大', quantity: '1', unit: '80' }, 'item', '品名代码只能用'],
      [{ item: 'quilt', quantity: '2', unit: '80', amount: '161' }, 'amount', '金额必须相等'],
    ] as const) {
      const answer = await send(body)
      expect(answer.status, field).to.equal(400)
      expect(textOf(cheerio.load(answer.text)(`#${field}-error`))).to.include(words)
    }
  })

  it('undoes a voucher when another person agrees to it, and shows on the new one which', async () => {
    await issueGoods(real, { fundId: real.township, amountFen: fen(700) }, real.finance())
    const path = `/funds/${real.township}/moves/reversal`
    expect(textOf((await page(path))('.jjn-notice'))).to.include('另一个人核对同意')
    const send = (body: object) =>
      request(web)
        .post(path)
        .type('form')
        .send({ ...body, _key: newId() })
    for (const wrong of [{ voucher: '4' }, { reason: 'mistyped' }, { voucher: 'x', reason: 'mistyped' }])
      expect((await send(wrong)).status, JSON.stringify(wrong)).to.equal(400)
    const unknown = await send({ voucher: '99', reason: 'mistyped' })
    expect([unknown.status, textOf(cheerio.load(unknown.text)('[data-error-summary]'))]).to.deep.equal([
      404,
      '有几处需要改一下 没有找到这张凭证。请核对凭证号。',
    ])
    expect((await send({ voucher: '4', reason: 'mistyped' })).status).to.equal(303)

    signedIn.as = anActor(real.county, 'county_civil', real.county, 'C1')
    const address = (await page(`/funds/${real.township}`))('a[href*="/proposals/"]').attr('href')!
    const seen = await page(address)
    expect(textOf(seen('.jjn-facts'))).to.include('填写有误')
    const digest = seen('[name=digest]').val()
    await request(web).post(`${address}/approve`).type('form').send({ digest, _key: newId() })
    const voucher = await page(`/funds/${real.township}/entries/5`)
    expect(textOf(voucher('.jjn-facts').first()))
      .to.include('冲销的凭证4')
      .and.include('填写有误')
    expect(textOf((await page(address))('.jjn-facts'))).to.include('生成的凭证5')
  })

  it('freezes at once, then offers nothing but to ask for unfreezing', async () => {
    const post = (name: string) =>
      request(web).post(`/funds/${real.township}/moves/${name}`).type('form').send({ reason: 'audit', _key: newId() })
    expect((await post('freeze')).status).to.equal(303)
    const $ = await page(`/funds/${real.township}`)
    expect(
      $('a[href*="/moves/"]')
        .toArray()
        .map((link) => textOf($(link))),
    ).to.deep.equal(['申请解冻'])
    expect((await post('thaw')).status).to.equal(303)
    expect((await real.ledger.head(real.county, real.township))!.status).to.equal('frozen')
  })

  it('offers each person only what is theirs to do', async () => {
    const buttons = async (): Promise<string[]> => {
      const $ = await page(`/funds/${real.township}`)
      return $('.govuk-button-group a')
        .toArray()
        .map((link) => textOf($(link)))
    }
    expect(await buttons()).to.deep.equal(['拨款', '发放物资'])
    signedIn.as = cashier
    expect(await buttons()).to.deep.equal(['提取现金', '缴存现金', '购入物资'])
    signedIn.as = anActor(real.county, 'auditor', real.county)
    expect(await buttons()).to.deep.equal([])
    const refused = await request(web)
      .post(`/funds/${real.township}/moves/cash-draw`)
      .type('form')
      .send({ amount: '1', _key: newId() })
    expect(refused.status).to.equal(403)
  })

  it('prints a voucher with its legs, its sum in capitals and its place in the chain', async () => {
    await confirmedS01()
    const $ = await page(`/funds/${real.township}/entries/7`)
    const entry = (await real.ledger.entry(real.county, real.township, 7))!
    expect(textOf($('.jjn-print-head__number'))).to.include('7')
    const legs = $('tbody tr')
      .toArray()
      .map((row) =>
        $(row)
          .find('td')
          .toArray()
          .map((cell) => textOf($(cell))),
      )
    expect(legs).to.deep.equal([
      ['先行救助款（待补手续） S01', '¥200.00', ''],
      ['现金', '', '¥200.00'],
      ['合计', '¥200.00', '¥200.00'],
      ['先行救助款 S01', '¥200.00', ''],
      ['备用金 镇', '', '¥200.00'],
    ])
    expect(textOf($('.jjn-capital'))).to.equal('贰佰元整')
    expect(textOf($('code').last()).replaceAll(' ', '')).to.equal(entry.hash)
  })

  it('shows one fund at once to whom only one is open, and the list to the county', async () => {
    signedIn.as = cashier
    expect((await request(web).get('/funds')).headers['location']).to.equal(`/funds/${real.township}`)
    signedIn.as = finance
    const $ = await page('/funds')
    expect($('tbody tr')).to.have.length(2)
  })

  it('keeps other townships and counties out', async () => {
    signedIn.as = anActor(real.county, 'cashier', `${real.county}104`)
    for (const path of [
      `/funds/${real.township}`,
      `/funds/${real.township}/entries/1`,
      `/api/v1/funds/${real.township}`,
    ])
      expect((await request(web).get(path)).status, path).to.equal(403)
    signedIn.as = anActor(real.county, 'operator')
    expect((await request(web).get('/funds')).status).to.equal(403)
  })
})

describe('Ledger - fund api', () => {
  let real: RealLedger
  let web: Express
  const signedIn = {} as { as: Actor }

  before(async () => {
    real = await realLedger(5_000_000, 5_000_000, 30)
    web = ledgerWeb(real, signedIn)
  })

  beforeEach(() => {
    signedIn.as = anActor(real.county, 'county_finance', real.county, 'C2')
  })

  function post(path: string, body: object, key: string = newId()) {
    return request(web).post(`/api/v1${path}`).set('Idempotency-Key', key).send(body)
  }

  it('opens a fund, sends it money and books its arrival', async () => {
    const fundId = `township-${real.county}104`
    expect((await post('/funds', { fundId, name: '悦来', floatFen: 1_000_000 })).status).to.equal(201)
    const ordered = await post(`/funds/${fundId}/appropriations`, { amountFen: 1_000_000 })
    expect((ordered.body as { items: { kind: string }[] }).items.map(({ kind }) => kind)).to.deep.equal([
      'appropriation.ordered',
      'county.appropriation.ordered',
    ])
    await post(`/funds/${fundId}/arrivals`, { amountFen: 1_000_000 })
    expect(bodyOf(await request(web).get(`/api/v1/funds/${fundId}`))).to.include({
      bankFen: 1_000_000,
      transitFen: 0,
      quotaFen: 1_000_000,
      isLow: false,
    })
  })

  it('gives the first answer again for the same key, 409 for another body, and marks the replay', async () => {
    const key = newId()
    const path = `/funds/${real.township}/goods`
    const first = await post(path, { amountFen: 700 }, key)
    const again = await post(path, { amountFen: 700 }, key)
    expect(again.body).to.deep.equal(first.body)
    expect(again.headers['idempotency-replayed']).to.equal('true')
    expect((await post(path, { amountFen: 800 }, key)).status).to.equal(409)
    expect((await real.ledger.head(real.county, real.township))!.bal.inkind).to.equal(700)
  })

  it('refuses what is no amount, and says in both languages what is not enough', async () => {
    for (const amountFen of [0, -1, 1.5, 2 ** 53, '100', null]) {
      const answer = await post(`/funds/${real.township}/goods`, { amountFen })
      expect([answer.status, bodyOf(answer)['code']], String(amountFen)).to.deep.equal([400, 'form.invalid'])
    }
    const answer = await post(`/funds/${real.township}/appropriations`, { amountFen: 999_999_999 })
    const body = bodyOf(answer)
    expect(answer.status).to.equal(422)
    expect(body).to.include({ code: 'fund.insufficient', account: 'c_bank' })
    expect(body['detailZh']).to.include('余额不足')
    expect(body['detailEn']).to.include('Not enough')
  })

  it('freezes by one person and thaws by two', async () => {
    const fundId = `township-${real.county}105`
    await post('/funds', { fundId, name: '四甲' })
    expect((await post(`/funds/${fundId}/freeze`, { reason: 'audit' })).status).to.equal(200)
    const refused = await post(`/funds/${fundId}/appropriations`, { amountFen: 100 })
    expect((refused.body as { code: string }).code).to.equal('fund.frozen')
    const thaw = bodyOf(await post(`/funds/${fundId}/thaw`, { reason: 'audit' }))
    const approval = (): Promise<request.Response> =>
      post(`/funds/${fundId}/proposals/${String(thaw['proposalId'])}/approval`, { digest: thaw['digest'] })
    expect(bodyOf(await approval())['code']).to.equal('proposal.same_person')
    signedIn.as = anActor(real.county, 'county_civil', real.county, 'C1')
    expect((await approval()).status).to.equal(201)
    signedIn.as = anActor(real.county, 'county_finance', real.county, 'C2')
    expect((await post(`/funds/${fundId}/appropriations`, { amountFen: 100 })).status).to.equal(201)
  })

  it('pages through entries by cursor and verifies the fund', async () => {
    const first = await request(web).get(`/api/v1/funds/${real.township}/entries?limit=2`)
    const { items, next } = first.body as { items: { seq: number }[]; next: string }
    const rest = await request(web).get(`/api/v1/funds/${real.township}/entries?limit=200&after=${next}`)
    const older = (rest.body as { items: { seq: number }[] }).items
    expect([...items, ...older].map(({ seq }) => seq)).to.deep.equal(
      Array.from({ length: items[0]!.seq }, (_none, at) => items[0]!.seq - at),
    )
    const verdict = bodyOf(await request(web).get(`/api/v1/funds/${real.township}/verification`))
    expect(verdict).to.deep.include({ entries: items[0]!.seq, funds: 1, faults: [] })
  })

  it('prints the county’s trial balances, equal on both sides', async () => {
    const body = bodyOf(await request(web).get('/api/v1/trial-balance'))
    const { chart, stories } = body as Record<string, { debitFen: number; creditFen: number }>
    expect(chart!.debitFen).to.equal(chart!.creditFen)
    expect(stories!.debitFen).to.equal(stories!.creditFen)
  })

  it('lets the auditor read everything and book nothing', async () => {
    signedIn.as = anActor(real.county, 'auditor', real.county)
    for (const path of [
      '/funds',
      `/funds/${real.township}/entries`,
      '/trial-balance',
      `/funds/${real.township}/verification`,
    ])
      expect((await request(web).get(`/api/v1${path}`)).status, path).to.equal(200)
    for (const path of ['goods', 'appropriations', 'cash-draws', 'arrivals', 'donations', 'budget'])
      expect((await post(`/funds/${real.township}/${path}`, { amountFen: 1 })).status, path).to.equal(403)
  })
})

function bodyOf(answer: { readonly body: unknown }): Record<string, unknown> {
  return answer.body as Record<string, unknown>
}
