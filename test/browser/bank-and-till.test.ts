import { expect } from 'chai'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { parse } from 'csv-parse/sync'
import { balanceOf } from '../../src/ledger/fund.ts'
import { registerAccount, verifyLedger } from '../../src/ledger/index.ts'
import { bankAnswer, bankStatement, COUNTY, decidedCase, FUND } from '../aid/payment-files/a-bank.ts'
import { axe, newContext, scrollsSideways, sharedBrowser } from '../support/browsers.ts'
import type { Width } from '../support/browsers.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import type { WebOfWorld } from './every-page/web-of-world.ts'
import { sessionOf, startWebOfWorld } from './every-page/web-of-world.ts'

const PASSWORD = 'a-demo-password-for-tests'

describe('Browser - bank and till', function () {
  this.timeout(180_000)
  let story: World
  let web: WebOfWorld
  let browser: Browser
  const pages: Page[] = []

  before(async () => {
    story = await world()
    web = await startWebOfWorld(story)
    browser = await sharedBrowser()
    await registerAccount(story.services, { fundId: FUND, account: '6228-0001' }, await story.by('C2'))
  })

  after(async () => {
    await Promise.all(pages.map((page) => page.context().close()))
    await web.close()
  })

  const opens = async (account: string, width: Width, lng: 'zh-CN' | 'en' = 'zh-CN'): Promise<Page> => {
    const context = await newContext(browser, web.url, { width, lng })
    await context.addCookies(await sessionOf(browser, web.url, account, PASSWORD))
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    pages.push(page)
    return page
  }
  const head = async () => (await story.services.ledger.head(COUNTY, FUND))!
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

  /** Reads well, fits its screen, and keeps a picture where `PICTURES_DIR` says so. */
  async function look(page: Page, name: string): Promise<void> {
    expect(await axe(page), name).to.deep.equal([])
    expect(await scrollsSideways(page), `${name} scrolls sideways`).to.equal(false)
    const dir = process.env['PICTURES_DIR']
    if (dir === undefined) return
    mkdirSync(dir, { recursive: true })
    await page.screenshot({ path: join(dir, `${name}.png`), fullPage: true })
  }

  const widths: readonly Width[] = ['phone', 'desk']
  for (const width of widths)
    it(`leads from the payments to the bank, back through its answer and statement, and to the till, on a ${width}`, async () => {
      const { decision } = await decidedCase(story, [12_000, 15_000])
      const orders = decision.orders.slice(0, 2)
      const before = await head()
      const cashier = await opens('K-常乐', width)

      await cashier.goto(`${web.url}/payments`)
      await cashier.getByRole('heading', { name: '待转账' }).waitFor()
      await look(cashier, `${width}-1-payments`)
      await cashier
        .getByRole('link', { name: '新建付款文件' })
        .or(cashier.getByRole('button', { name: '新建付款文件' }))
        .first()
        .click()
      await look(cashier, `${width}-2-new-file`)
      await press(cashier, '生成文件')
      await cashier.waitForURL(/\/payments\/files\/\d{12}$/)
      const no = cashier.url().slice(-12)
      await look(cashier, `${width}-3-file`)

      const [download] = await Promise.all([cashier.waitForEvent('download'), press(cashier, '下载交银行')])
      const rows = parse<Record<string, string>>(readFileSync(await download.path()), { bom: true, columns: true })
      expect(rows.map((row) => [row['batch'], row['amount']])).to.deep.equal([
        [no, '120.00'],
        [no, '150.00'],
      ])

      const wrong = bankAnswer(no, [{ order: orders[0]?.id ?? '', amountFen: 1, reference: 'X' }])
      await sends(cashier, '先检查', wrong, /银行回单$/)
      await cashier.getByText('没有入账').waitFor()
      await look(cashier, `${width}-4-answer-refused`)
      await cashier.goto(`${web.url}/payments/files/${no}`)
      const right = bankAnswer(no, [
        { order: orders[0]?.id ?? '', amountFen: 12_000, reference: `${width}-1` },
        { order: orders[1]?.id ?? '', amountFen: 15_000, reason: 'account_wrong' },
      ])
      await sends(cashier, '先检查', right, /银行回单$/)
      await look(cashier, `${width}-5-answer`)
      await press(cashier, '确认入账')
      await cashier.getByText('银行回单已入账。').waitFor()
      await look(cashier, `${width}-6-answered`)
      expect(balanceOf(await head(), 'bank')).to.equal(balanceOf(before, 'bank') - 12_000)

      await cashier.goto(`${web.url}/funds/${FUND}/bank`)
      const known = (await story.services.bank.accountOf(COUNTY, FUND))!
      const statement = bankStatement(known.lines > 0 ? known.balanceFen : balanceOf(before, 'bank'), [
        { amountFen: -12_000, reference: `${width}-1`, text: '付测试甲' },
        { amountFen: -200, reference: `${width}-fee`, text: '手续费' },
      ])
      await sends(cashier, '先检查', statement, /^检查对账单$/)
      await look(cashier, `${width}-7-statement`)
      await press(cashier, '导入这些流水')
      await cashier.getByText('对账单已导入').waitFor()
      await cashier.getByText('这条流水对应什么？').first().click()
      await cashier.selectOption('[name=explain]', 'reason:bank_fee')
      await look(cashier, `${width}-8-open-line`)
      await press(cashier, '提出')
      await cashier.getByText('已提出，由他人确认。').waitFor()
      const chief = await opens('H-常乐', width)
      await chief.goto(`${web.url}/funds/${FUND}/bank`)
      await look(chief, `${width}-9-proposed`)
      await press(chief, '确认')
      await chief.getByText('银行流水全部有对应分录。').waitFor()
      await look(chief, `${width}-10-agrees`)

      await cashier.goto(`${web.url}/funds/${FUND}/cash`)
      await look(cashier, `${width}-11-till`)
      const cash = balanceOf(await head(), 'cash')
      await cashier.fill('[name=amount]', String((cash - 500) / 100))
      await press(cashier, '登记清点结果')
      await cashier.getByText('已登记，请见证人').waitFor()
      await chief.goto(`${web.url}/funds/${FUND}/cash`)
      await look(chief, `${width}-12-witness`)
      await press(chief, '我在场，数目无误')
      await chief.getByText('差额已入账').first().waitFor()
      await look(chief, `${width}-13-counted`)
      await chief.getByRole('button', { name: '清点单' }).first().click()
      await chief.getByText('短款 ¥5.00').waitFor()
      await look(chief, `${width}-14-slip`)
      expect(balanceOf(await head(), 'cash')).to.equal(cash - 500)
      expect((await verifyLedger(story.services.ledger, { fundId: FUND })).faults).to.deep.equal([])
    })

  it('shows the county everything on one board, with a table beside each chart, in English too', async () => {
    for (const lng of ['zh-CN', 'en'] as const) {
      const finance = await opens('C2', 'desk', lng)
      await finance.goto(`${web.url}/funds/board`)
      await look(finance, `desk-board-${lng}`)
      const charts = finance.locator('.jjn-chart')
      expect(await charts.count()).to.be.greaterThan(1)
      expect(await charts.locator('table').count()).to.equal(await charts.count())
      for (const picture of await charts.locator('img').all())
        expect(await picture.evaluate((shown) => (shown as unknown as { naturalWidth: number }).naturalWidth)).to.equal(
          640,
        )
    }
    const phone = await opens('C2', 'phone')
    await phone.goto(`${web.url}/funds/board`)
    await look(phone, 'phone-board')
    await phone.goto(`${web.url}/funds/${FUND}`)
    await look(phone, 'phone-fund')
  })

  /** Gives a file to the page and waits for what the check says of it. */
  async function sends(page: Page, button: string, bytes: Buffer, heading: RegExp): Promise<void> {
    await page.setInputFiles('input[type=file]', { name: 'bank.csv', mimeType: 'text/csv', buffer: bytes })
    await press(page, button)
    await page.getByRole('heading', { name: heading }).waitFor()
  }
})
