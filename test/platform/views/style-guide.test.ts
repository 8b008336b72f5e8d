import type { Server } from 'node:http'
import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { serveStyleGuide, styleGuidePages } from '../../../scripts/pictures/style-guide.ts'
import { axe, complaintsOf, lowContrast, openPage, scrollsSideways, sharedBrowser } from '../../support/browsers.ts'
import type { OpenOptions } from '../../support/browsers.ts'

describe('Platform - views - style guide', () => {
  let browser: Browser
  let guide: { server: Server; url: string }

  before(async () => {
    guide = await serveStyleGuide()
    browser = await sharedBrowser()
  })

  after(() => guide.server.close())

  const looks: readonly OpenOptions[] = [
    { lng: 'zh-CN', width: 'phone' },
    { lng: 'en', width: 'desk' },
  ]
  const componentLooks: readonly OpenOptions[] = [
    { lng: 'zh-CN', width: 'tablet', night: true },
    { lng: 'en', width: 'phone', large: true },
  ]
  for (const name of styleGuidePages()) {
    for (const look of name === 'components' ? [...looks, ...componentLooks] : looks) {
      const as = [look.lng, look.width, look.night && 'at night', look.large && 'large'].filter(Boolean).join(' ')
      it(`${name} has nothing axe objects to and does not scroll sideways (${as})`, async () => {
        const page = await openPage(browser, `${guide.url}/style-guide/${name}`, look)
        expect(await axe(page)).to.deep.equal([])
        expect(await scrollsSideways(page)).to.equal(false)
        expect(complaintsOf(page)).to.deep.equal([])
        await page.context().close()
      })
    }
  }

  for (const night of [false, true]) {
    it(`sets all text of a desk in at least 7:1 against its ground, ${night ? 'at night' : 'by day'}`, async () => {
      for (const name of ['components', 'operator']) {
        const page = await openPage(browser, `${guide.url}/style-guide/${name}`, { night })
        expect(await lowContrast(page)).to.deep.equal([])
        await page.context().close()
      }
    })
  }

  it('shows and sends its forms without scripts', async () => {
    const page = await openPage(browser, `${guide.url}/style-guide/components`, { javaScript: false, lng: 'zh-CN' })
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.fill('#need', '钱包被偷')
    await page.click('text=保存并派单')
    const body = new URLSearchParams((await sent).postData() ?? '')
    expect(body.get('need')).to.equal('钱包被偷')
    expect(body.get('_key')).to.match(/^[\da-f-]{36}$/)
    expect(body.get('_version')).to.equal('3')
    await page.context().close()
  })

  it('switches night and large text in place and remembers them', async () => {
    const page = await openPage(browser, `${guide.url}/style-guide/components`, { lng: 'zh-CN' })
    await page.fill('#phone', '12800000000')
    await page.click('.jjn-account summary')
    await page.click('a[data-look="night"]')
    expect(await page.getAttribute('html', 'class')).to.contain('jjn-night')
    expect(await page.inputValue('#phone')).to.equal('12800000000')
    await page.reload()
    expect(await page.getAttribute('html', 'class')).to.contain('jjn-night')
    await page.context().close()
  })

  it('prints a receipt on one sheet of A5', async () => {
    const page = await openPage(browser, `${guide.url}/style-guide/receipt`, { lng: 'zh-CN' })
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type \/Page\b/g)).to.have.lengthOf(1)
    expect(pdf).to.match(/MediaBox \[0 0 4(19|20)[\d.]* 59[456]/)
    await page.context().close()
  })
})
