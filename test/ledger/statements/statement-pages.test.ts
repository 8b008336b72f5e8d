import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as cheerio from 'cheerio'
import { expect } from 'chai'
import type { Express } from 'express'
import request from 'supertest'
import { drawCash, exportLedger, placeHold, proveCounty } from '../../../src/ledger/index.ts'
import { closeMonth } from '../../../src/ledger/periods/close-month.ts'
import type { Actor } from '../../../src/shared/actor.ts'
import { fen } from '../../../src/shared/fen.ts'
import { newId } from '../../../src/shared/ids.ts'
import { anActor } from '../../support/actors.ts'
import type { ProvenLedger } from '../proven-ledger.ts'
import { provenLedger } from '../proven-ledger.ts'
import { provingWeb } from '../proving-web.ts'
import { advance, anOrder } from '../real-ledger.ts'
import { commandArgs } from '../../support/command.ts'

describe('Ledger - statement, closing and audit pages', function () {
  this.timeout(60_000)
  let real: ProvenLedger
  let web: Express
  const signedIn = {} as { as: Actor }
  let finance: Actor
  let auditor: Actor

  beforeEach(async () => {
    real = await provenLedger()
    web = provingWeb(real, signedIn)
    finance = anActor(real.county, 'county_finance', real.county, 'C2')
    auditor = anActor(real.county, 'auditor', real.county)
    signedIn.as = finance
    await advance(real, 5_000)
    real.clock.at = new Date('2026-12-02T09:00:00+08:00')
  })

  const textOf = (found: { text(): string }): string => found.text().replace(/\s+/g, ' ').trim()
  async function page(path: string, status = 200): Promise<cheerio.CheerioAPI> {
    const answer = await request(web).get(path)
    expect(answer.status, answer.text.slice(0, 500)).to.equal(status)
    return cheerio.load(answer.text)
  }
  const statement = (end = '') => `/funds/${real.township}/statements/2026-11${end}`
  const post = (path: string, body: object) =>
    request(web)
      .post(path)
      .type('form')
      .send({ _key: newId(), ...body })

  async function closed(): Promise<void> {
    await closeMonth(real, { period: '2026-11' }, real.finance())
    await proveCounty(real, real.county)
  }

  it('closes a month with one button, and prints what was sealed with its checkpoint', async () => {
    const $ = await page('/statements')
    const form = $('form[action="/statements"]')
    expect(textOf(form.find('button'))).to.include('2026-11')
    const body = { period: form.find('[name=period]').val() }
    expect((await post('/statements', body)).headers['location']).to.equal('/statements')
    await proveCounty(real, real.county)
    const after = await page('/statements')
    expect(after('form[action="/statements"]')).to.have.length(0)
    expect(textOf(after('main, body'))).to.include('已封存')

    const paper = await page(statement())
    const text = textOf(paper('body'))
    const newest = (await real.checkpointStore.newest(real.county))!
    const [seal] = await real.seals.list(real.county, { fundId: real.township })
    expect(text).to.include(newest.root).and.to.include(`jiujinan/reserve-fund/${real.county}`)
    expect(text.replaceAll(' ', '')).to.include(seal!.seal).and.to.include(newest.key)
    expect(paper('.jjn-sign > div')).to.have.length(4)
    const rows = paper('table').first().find('tbody tr').toArray()
    const bank = rows.map((row) =>
      paper(row)
        .find('td')
        .toArray()
        .map((cell) => textOf(paper(cell))),
    )[0]
    expect(bank).to.deep.equal(['备用金专户', '¥0.00', '¥10,000.00', '¥50.00', '¥0.00', '¥0.00', '¥9,950.00'])
  })

  it('shows the page again with the reason when a fund cannot be closed', async () => {
    await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, anOrder(real, 700)))
    real.clock.at = new Date('2026-12-20T09:00:00+08:00')
    const answer = await post('/statements', { period: '2026-11' })
    expect(answer.status).to.equal(422)
    expect(textOf(cheerio.load(answer.text)('body'))).to.include('有 1 笔答应超过 5 天仍未付出')
    expect((await post('/statements', { period: '11/2026' })).status).to.equal(400)
  })

  it('gives the same CSV out of the product and out of an export alone, byte for byte', async () => {
    await closed()
    await drawCash(real, { fundId: real.township, amountFen: fen(100) }, real.officer('K-1'))
    const csv = (await request(web).get(statement('/csv'))).text
    expect(csv.codePointAt(0)).to.equal(0xfeff)
    expect(csv).to.include('备用金专户,0.00,10000.00,50.00,0.00,0.00,9950.00')
    const folder = join(await mkdtemp(join(tmpdir(), 'statement-')), 'export')
    await exportLedger(real.ledger, folder, '2026-12-02T01:00:00Z', { county: real.county, proof: real })
    const { code, output } = await command('--from', folder, '--statement', `${real.township}:2026-11`)
    expect([code, output]).to.deep.equal([0, csv])
    const unsealed = await command('--from', folder, '--statement', `${real.township}:2026-12`)
    expect(unsealed.code).to.equal(1)
  })

  it('gives a workbook that is one', async () => {
    await closed()
    const answer = await request(web).get(statement('/xlsx')).buffer(true).parse(bytesOf)
    expect((answer.body as Buffer).subarray(0, 2).toString()).to.equal('PK')
    expect(answer.headers['content-disposition']).to.include('.xlsx')
  })

  it('rolls the county up: funds in lines, kinds in sums', async () => {
    await closed()
    const $ = await page('/statements/2026-11')
    expect($('table').first().find('tbody tr')).to.have.length(2)
    const month = (await request(web).get('/api/v1/statements/2026-11')).body as {
      funds: { openingFen: number; inFen: number; outFen: number; lateFen: number; closingFen: number }[]
    }
    for (const { openingFen, inFen, outFen, lateFen, closingFen } of month.funds)
      expect(openingFen + inFen - outFen + lateFen).to.equal(closingFen)
    await page('/statements/2020-01', 404)
  })

  it('answers the same through the API, and refuses who may not', async () => {
    const api = (path: string) => request(web).get(`/api/v1${path}`)
    await request(web).post('/api/v1/closes').set('Idempotency-Key', newId()).send({ period: '2026-11' }).expect(200)
    await proveCounty(real, real.county)
    const { body } = (await api(`/funds/${real.township}/statements`)) as { body: { items: object[] } }
    expect(body.items).to.deep.equal([
      { period: '2026-12', state: 'running' },
      { period: '2026-11', state: 'sealed' },
    ])
    expect(((await api(statement())).body as { state: string }).state).to.equal('sealed')
    const again = await request(web)
      .post(`/api/v1/funds/${real.township}/closes`)
      .set('Idempotency-Key', newId())
      .send({ period: '2026-11' })
    expect([again.status, (again.body as { code: string }).code]).to.deep.equal([422, 'period.closed'])
    signedIn.as = anActor(real.county, 'cashier', `${real.county}104`)
    expect((await api(statement())).status).to.equal(403)
    expect((await api('/statements/2026-11')).status).to.equal(403)
    expect((await request(web).get('/audit')).status).to.equal(403)
    signedIn.as = auditor
    expect((await post('/statements', { period: '2026-11' })).status).to.equal(403)
  })

  it('shows the auditor everything, verifies at a button, and names what somebody changed in the database', async () => {
    await closed()
    signedIn.as = auditor
    const $ = await page('/audit')
    expect($('.jjn-note-text').text()).to.equal((await real.checkpointStore.newest(real.county))!.note)
    expect(textOf(cheerio.load((await post('/audit', {})).text)('#verdict'))).to.include('账目相符')
    await real.connection
      .db!.collection('ledger_entries')
      .updateOne({ fundId: real.township, seq: 3 }, { $set: { actor: 'somebody' } })
    const verdict = cheerio.load((await post('/audit', {})).text)('#verdict')
    expect(textOf(verdict)).to.include('账目不符').and.to.include('校验码不符').and.to.include(real.township)
    expect(textOf(verdict.find('tbody td').eq(1))).to.equal('3')
  })

  it('lets the auditor take everything away and verify it far from here', async () => {
    await closed()
    signedIn.as = auditor
    const answer = await request(web).get('/audit/export').buffer(true).parse(bytesOf)
    const place = await mkdtemp(join(tmpdir(), 'audit-'))
    await writeFile(join(place, 'export.tar.gz'), answer.body as Buffer)
    expect(gunzipSync(answer.body as Buffer).toString('utf8')).to.not.include('测试')
    await new Promise((resolve) => execFile('tar', ['-xzf', join(place, 'export.tar.gz'), '-C', place], resolve))
    const folder = join(place, `ledger-${real.county}-2026-12-02`)
    const kept = join(place, 'kept.ndjson')
    await writeFile(kept, (await request(web).get('/audit/checkpoints')).text)
    const keys = join(folder, 'keys.json')
    const { code, output } = await command('--from', folder, '--keys', keys, '--checkpoints', kept)
    expect([code, output.split('\n')[0]]).to.satisfy(
      ([left, line]: [number, string]) => left === 0 && /账目相符/.test(line),
    )
    expect(output).to.include('kept 1')
  })

  function command(...args: string[]): Promise<{ code: number; output: string }> {
    const env = { PATH: process.env['PATH'] }
    return new Promise((resolve) => {
      execFile('node', [...commandArgs('verify-ledger'), ...args], { env }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr })
      })
    })
  }
})

function bytesOf(res: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = []
  const stream = res as unknown as NodeJS.ReadableStream
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  stream.on('end', () => done(null, Buffer.concat(chunks)))
}
