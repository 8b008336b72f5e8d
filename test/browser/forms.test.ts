import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { openPage } from '../support/browsers.ts'
import { startPlayground } from './playground.ts'
import type { Playground } from './playground.ts'

const form = (
  draft: string,
  need = '',
) => `<form method="post" action="/intakes/${draft}" data-command data-draft="intake:${draft}">
  <input type="hidden" name="_csrf" value="c"><input type="hidden" name="_key" value="server-key">
  <input name="need" id="need" value="${need}"><label><input type="checkbox" name="who" value="self">本人</label>
  <button type="submit" name="then" value="route">保存</button></form>`

describe('Browser - forms', () => {
  let play: Playground
  let page: Page

  before(async () => {
    play = await startPlayground()
  })

  after(() => play.close())

  beforeEach(async () => {
    play.page.main = ({ path }) => form(path.slice(1))
    play.page.submit = (_request, response) => response.redirect(303, '/done')
    play.posts.length = 0
    page = await openPage(play.browser, `${play.url}/a`, { lng: 'zh-CN' })
    await page.waitForSelector('[data-prepared]', { state: 'attached' })
  })

  afterEach(() => page.context().close())

  const key = () => page.inputValue('[name=_key]')

  it('sends once however often it is pressed, says what is happening, and goes where the server leads', async () => {
    let answer = () => {}
    play.page.submit = (_request, response) => {
      answer = () => response.redirect(303, '/done')
    }
    await page.fill('#need', '钱包被偷')
    await page.click('button')
    await page.waitForSelector('.jjn-saving')
    expect(await page.textContent('.jjn-saving')).to.equal('正在保存…')
    await page.click('button', { force: true })
    await page.press('#need', 'Enter')
    answer()
    await page.waitForURL('**/done')
    expect(play.posts).to.have.lengthOf(1)
    expect(play.posts[0]).to.include({ need: '钱包被偷', then: 'route', _csrf: 'c' })
  })

  it('makes a key of its own for each copy of the page', async () => {
    const first = await key()
    expect(first).to.match(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    await page.reload()
    await page.waitForSelector('[data-prepared]', { state: 'attached' })
    expect(await key()).to.not.equal(first)
  })

  it('tries again under the same key when the network fails, and nothing typed is lost', async () => {
    let attempts = 0
    await page.route('**/intakes/**', async (route) => {
      attempts += 1
      if (attempts === 1) await route.abort('connectionfailed')
      else await route.continue()
    })
    const expected = await key()
    await page.fill('#need', '没地方住')
    await page.click('button')
    await page.waitForFunction('document.querySelector(".jjn-saving").textContent.startsWith("网络不通")')
    await page.waitForURL('**/done')
    expect(attempts).to.equal(2)
    expect(play.posts.map(({ _key, need }) => [_key, need])).to.deep.equal([[expected, '没地方住']])
  })

  it('keeps the key of an unknown attempt over a reload, and the text with it', async () => {
    play.page.submit = (_request, response) => void response.sendStatus(500)
    await page.fill('#need', '没地方住')
    await page.click('button')
    await page.waitForFunction('document.querySelector(".jjn-saving").textContent.startsWith("还没有保存上")')
    const tried = play.posts[0]?.['_key']
    await page.reload()
    await page.waitForSelector('.jjn-draft-note')
    expect(await key()).to.equal(tried)
    expect(await page.inputValue('#need')).to.equal('没地方住')
    play.page.submit = (_request, response) => response.redirect(303, '/done')
    await page.click('button[type=submit]')
    await page.waitForURL('**/done')
    expect(play.posts.map(({ _key }) => _key)).to.deep.equal([tried, tried])
  })

  it('shows a refused form again with the server’s words, a fresh key and the text kept', async () => {
    play.page.submit = (_request, response) =>
      void response
        .status(422)
        .send(
          `<html lang="zh-CN"><body data-account="officer"><main id="main" tabindex="-1"><div data-error-summary tabindex="-1">请改</div>${form('a', '钱包')}</main></body></html>`,
        )
    const first = await key()
    await page.fill('#need', '钱包')
    await page.click('button')
    await page.waitForSelector('[data-error-summary]')
    expect(await page.evaluate('document.activeElement.textContent')).to.equal('请改')
    expect(page.url()).to.match(/\/a$/)
    expect(await page.inputValue('#need')).to.equal('钱包')
    expect(await key()).to.not.be.oneOf([first, 'server-key'])
  })

  it('keeps every keystroke of several drafts, apart from each other', async () => {
    await page.fill('#need', '第一件')
    await page.check('[name=who]')
    await page.goto(`${play.url}/b`)
    expect(await page.inputValue('#need')).to.equal('')
    await page.fill('#need', '第二件')
    await page.goto(`${play.url}/a`)
    await page.waitForSelector('.jjn-draft-note')
    expect(await page.inputValue('#need')).to.equal('第一件')
    expect(await page.isChecked('[name=who]')).to.equal(true)
    await page.goto(`${play.url}/b`)
    await page.waitForSelector('.jjn-draft-note')
    expect(await page.inputValue('#need')).to.equal('第二件')
  })

  it('forgets a draft that was saved or thrown away', async () => {
    await page.fill('#need', '第一件')
    await page.click('button')
    await page.waitForURL('**/done')
    await page.goto(`${play.url}/a`)
    await page.waitForSelector('[data-prepared]', { state: 'attached' })
    expect(await page.inputValue('#need')).to.equal('')
    await page.fill('#need', '第二件')
    await page.reload()
    await page.click('.jjn-draft-note button')
    expect(await page.inputValue('#need')).to.equal('')
    await page.reload()
    await page.waitForSelector('[data-prepared]', { state: 'attached' })
    expect(await page.$('.jjn-draft-note')).to.equal(null)
  })

  it('keeps no password and no token on the device', async () => {
    await page.evaluate('document.querySelector("#need").type = "password"')
    await page.fill('#need', 'secret')
    const stored = String(await page.evaluate('JSON.stringify(localStorage)'))
    expect(stored).to.not.contain('secret')
    expect(stored).to.not.contain('_csrf')
  })

  it('forgets the account’s drafts when it signs out', async () => {
    play.page.main = () =>
      `${form('a')}<form method="post" action="/sign-out" data-sign-out><button id="out">退出</button></form>`
    await page.reload()
    await page.fill('#need', '第一件')
    await page.click('#out')
    await page.waitForURL('**/done')
    expect(await page.evaluate('Object.keys(localStorage)')).to.deep.equal([])
  })
})
