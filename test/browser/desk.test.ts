import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { axe, openPage } from '../support/browsers.ts'
import { startPlayground } from './playground.ts'
import type { Playground } from './playground.ts'

describe('Browser - desk', () => {
  let play: Playground
  let page: Page

  before(async () => {
    play = await startPlayground()
  })

  after(() => play.close())

  afterEach(() => page.context().close())

  const open = async (main: string) => {
    play.page.main = () => `<h1>工作台</h1>${main}`
    play.posts.length = 0
    page = await openPage(play.browser, `${play.url}/desk`, { lng: 'zh-CN' })
    await page.waitForLoadState('networkidle')
  }

  describe('keyboard', () => {
    beforeEach(() =>
      open(`<input type="search" id="q" aria-label="查找"><a href="/done" data-key="F2">新登记</a>
        <form method="post" action="/x" data-command data-primary><input type="hidden" name="_key" value="k"><textarea name="story" id="story" aria-label="详情"></textarea>
        <button type="submit">保存</button></form>`),
    )

    it('goes to the search with /, but writes / where somebody types', async () => {
      await page.keyboard.press('/')
      expect(await page.evaluate('document.activeElement.id')).to.equal('q')
      await page.focus('#story')
      await page.keyboard.press('/')
      expect(await page.inputValue('#story')).to.equal('/')
    })

    it('sends the form with Ctrl+Enter from within the text', async () => {
      await page.fill('#story', '走失')
      await page.keyboard.press('Control+Enter')
      await page.waitForURL('**/done')
      expect(play.posts[0]?.['story']).to.equal('走失')
    })

    it('follows F2', async () => {
      await page.keyboard.press('F2')
      await page.waitForURL('**/done')
    })

    it('never destroys anything with Esc', async () => {
      await page.fill('#q', '常乐')
      await page.focus('#q')
      await page.keyboard.press('Escape')
      expect(await page.inputValue('#q')).to.equal('常乐')
    })
  })

  describe('place suggestions', () => {
    beforeEach(() =>
      open(`<label for="place">在哪里</label><div class="jjn-suggest">
        <input id="place" name="place" data-suggest="/suggest" data-suggest-code="place-code"></div><input type="hidden" id="place-code">`),
    )

    it('offers every place of that name with its path, by arrow keys and Enter', async () => {
      await page.locator('#place').pressSequentially('常乐')
      await page.waitForSelector('[role=option]')
      expect(await axe(page)).to.deep.equal([])
      expect(await page.locator('[role=option]').allTextContents()).to.deep.equal([
        '常乐镇江苏省 南通市 海门区 常乐镇',
        '常乐镇山西省 运城市 平陆县 常乐镇',
      ])
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      expect(await page.getAttribute('#place', 'aria-activedescendant')).to.equal('place-list-1')
      await page.keyboard.press('Enter')
      expect(await page.inputValue('#place-code')).to.equal('140829101')
      expect(await page.isHidden('[role=listbox]')).to.equal(true)
    })

    it('takes a click, keeps the code while words are added, forgets it for another place', async () => {
      await page.locator('#place').pressSequentially('常乐')
      await page.click('[role=option] >> nth=0')
      expect(await page.inputValue('#place-code')).to.equal('320614103')
      await page.locator('#place').pressSequentially(' 汽车站')
      expect(await page.inputValue('#place-code')).to.equal('320614103')
      await page.fill('#place', '悦来镇')
      expect(await page.inputValue('#place-code')).to.equal('')
    })

    it('chooses nothing by itself', async () => {
      await page.locator('#place').pressSequentially('常乐')
      await page.waitForSelector('[role=option]')
      await page.keyboard.press('Tab')
      expect(await page.inputValue('#place-code')).to.equal('')
      expect(await page.inputValue('#place')).to.equal('常乐')
    })
  })

  describe('due times', () => {
    it('stay true while the page is open, in word and shape', async () => {
      const context = await play.browser.newContext()
      page = await context.newPage()
      await page.clock.install()
      const dueAt = new Date(Date.now() + 90_500)
      play.page.main = () =>
        `<time data-due datetime="${dueAt.toISOString()}" class="jjn-due"><span data-due-words></span></time>`
      await page.goto(`${play.url}/desk`)
      await page.waitForFunction('document.querySelector("[data-due-words]").textContent === "还有 1 分钟"')
      await page.clock.runFor(120_000)
      expect(await page.textContent('[data-due-words]')).to.equal('刚刚到时')
      expect(await page.getAttribute('time', 'class')).to.equal('jjn-due jjn-due--over')
    })
  })

  describe('sounds', () => {
    const played = () => page.evaluate('window.played')

    beforeEach(async () => {
      const context = await play.browser.newContext()
      page = await context.newPage()
      // Counts the tones instead of playing them; like a browser, it is silent until somebody touched the page.
      await page.addInitScript(`window.played = 0
        window.AudioContext = class {
          state = 'suspended'; currentTime = 0
          resume() { this.state = 'running'; return Promise.resolve() }
          createGain() { const p = { setValueAtTime() {}, linearRampToValueAtTime() {} }; return { gain: p, connect() { return this } } }
          createOscillator() { return { frequency: {}, connect(x) { return x }, start() { window.played += 1 }, stop() {} } }
        }`)
      await page.clock.install()
    })

    it('rings while a call rings, and says first that a touch is needed', async () => {
      play.page.main = () => '<p data-sound="ring" data-sound-id="c1">来电</p>'
      await page.goto(`${play.url}/desk`)
      await page.waitForSelector('[data-live-state="soundBlocked"]')
      await page.clock.runFor(4000)
      expect(await played()).to.equal(0)
      await page.mouse.click(5, 5)
      await page.waitForFunction('window.played > 0')
      const first = Number(await played())
      await page.clock.runFor(3100)
      expect(await played()).to.equal(first + 2)
      await page.evaluate('document.querySelector("[data-sound]").remove()')
      await page.clock.runFor(10_000)
      expect(await played()).to.equal(first + 2)
    })

    it('sounds once for a critical case', async () => {
      play.page.main = () => '<p data-sound="alarm" data-sound-id="246700000017">特急</p>'
      await page.goto(`${play.url}/desk`)
      await page.mouse.click(5, 5)
      await page.waitForFunction('window.played === 3')
      await page.clock.runFor(10_000)
      expect(await played()).to.equal(3)
    })
  })
})
