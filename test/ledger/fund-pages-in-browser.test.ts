import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect } from 'chai'
import express from 'express'
import { confirmAdvance, drawCash, issueGoods, placeHold, postHold } from '../../src/ledger/index.ts'
import { fen } from '../../src/shared/fen.ts'
import { anActor } from '../support/actors.ts'
import { axe, complaintsOf, openPage, scrollsSideways, sharedBrowser } from '../support/browsers.ts'
import { anOrder, realLedger } from './real-ledger.ts'
import type { RealLedger } from './real-ledger.ts'
import { ledgerWeb } from './web.ts'

describe('Ledger - fund pages in a browser', function () {
  this.timeout(120_000)
  let real: RealLedger
  let server: Server
  let address: string

  before(async () => {
    real = await realLedger(5_000_000, 5_000_000, 30)
    await issueGoods(real, { fundId: real.township, amountFen: fen(100_000) }, real.finance())
    await drawCash(real, { fundId: real.township, amountFen: fen(200_000) }, real.officer('K-1'))
    for (const [account, amount, caseNo] of ORDERS) {
      const order = { ...anOrder(real, amount, caseNo), account }
      const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, order))
      await real.alone(real.officer('K-1'), (tx) => postHold(real, tx, { holdId }))
    }
    const claim = { fundId: real.township, caseNo: '246702461803', type: '急难', amountFen: fen(35_000) }
    await real.alone(real.finance(), (tx) =>
      confirmAdvance(real, tx, { ...claim, source: { type: 'supplement', id: real.county } }),
    )
    await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, anOrder(real, 50_000, '246702461829')))
    const app = express()
    app.use('/assets', express.static(path.resolve('dist/public')))
    app.use(ledgerWeb(real, { as: anActor(real.county, 'county_finance', real.county, 'C2') }))
    server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  after(() => void server.close())

  const pages = {
    'the list of funds': () => '/funds',
    'a fund': () => `/funds/${real.township}`,
    'a voucher': () => `/funds/${real.township}/entries/7`,
    'a form of a movement': () => `/funds/${real.township}/moves/appropriation`,
  }

  for (const [name, path_] of Object.entries(pages))
    for (const [width, lng] of [
      ['phone', 'zh-CN'],
      ['desk', 'en'],
    ] as const)
      it(`shows ${name} to everybody, on a ${width}, in ${lng}`, async () => {
        const page = await openPage(await sharedBrowser(), address + path_(), { width, lng })
        expect(await axe(page)).to.deep.equal([])
        expect(await scrollsSideways(page)).to.equal(false)
        expect(complaintsOf(page).filter((line) => !NO_LIVE_SERVER.test(line))).to.deep.equal([])
        await page.context().close()
      })
})

/** This server has no live connection; the page asks for it in vain. */
const NO_LIVE_SERVER = /^(WebSocket connection to .*socket\.io|Failed to load resource: .*404)/

const ORDERS = [
  ['cash', 20_000, '246702461803'],
  ['bank', 12_000, '246702461803'],
  ['inkind', 3_000, '246702461803'],
  ['bank', 60_000, '246702461811'],
] as const
