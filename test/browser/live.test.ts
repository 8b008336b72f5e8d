import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { openPage } from '../support/browsers.ts'
import { startPlayground } from './playground.ts'
import type { Playground } from './playground.ts'

describe('Browser - live', () => {
  let play: Playground
  let page: Page
  let cases: string[]

  before(async () => {
    play = await startPlayground()
  })

  after(() => play.close())

  beforeEach(async () => {
    cases = ['1']
    play.page.main = () =>
      `<section id="mine" data-live="unit:320614103">
        <ul>${cases.map((no) => `<li data-item="${no}"><a href="/cases/${no}" id="case-${no}">急难 ${no}</a></li>`).join('')}</ul>
        <details id="more"><summary>更多</summary><p>${cases.length} 件</p></details>
        <input id="filter"></section><p id="outside">${cases.length}</p>`
    page = await openPage(play.browser, `${play.url}/cases`)
    await page.waitForSelector('[data-live-state="connected"]')
    play.fragments.length = 0
  })

  afterEach(() => page.context().close())

  const shown = (no: string) => page.waitForSelector(`[data-item="${no}"]`, { timeout: 5000 })

  it('shows what happened in a room without loading the page, and only in the region', async () => {
    cases = ['2', '1']
    play.tell('unit:320614103')
    await shown('2')
    expect(await page.textContent('#outside')).to.equal('1')
    expect(play.fragments).to.deep.equal(['mine'])
    expect(await page.getAttribute('[data-item="2"]', 'class')).to.equal('jjn-new')
  })

  it('shows what comes in the first moment of a page, before anybody touched it', async () => {
    const early = await page.context().newPage()
    await early.addInitScript('performance.now = () => 100')
    await early.goto(`${play.url}/cases`)
    await early.waitForSelector('[data-live-state="connected"]')
    cases = ['2', '1']
    play.tell('unit:320614103')
    await early.waitForSelector('[data-item="2"]', { timeout: 5000 })
  })

  it('keeps focus and what somebody opened', async () => {
    await page.click('summary')
    await page.focus('#case-1')
    cases = ['2', '1']
    play.tell('unit:320614103')
    await shown('2')
    expect(await page.evaluate('document.activeElement.id')).to.equal('case-1')
    expect(await page.textContent('#more[open] p')).to.equal('2 件')
  })

  it('never changes what is under a pressed finger', async () => {
    const box = (await (await page.$('#case-1'))?.boundingBox()) ?? expect.fail('no box')
    await page.mouse.move(box.x + 5, box.y + 5)
    await page.mouse.down()
    cases = ['2', '1']
    const fetched = page.waitForResponse((response) => response.request().headers()['x-fragment'] === 'mine')
    play.tell('unit:320614103')
    await (await fetched).finished()
    expect(await page.$$('[data-item]')).to.have.lengthOf(1)
    await page.mouse.move(0, 0)
    await page.mouse.up()
    await shown('2')
  })

  it('waits while somebody types in the region, says so, and shows it afterwards', async () => {
    await page.locator('#filter').pressSequentially('常')
    cases = ['2', '1']
    play.tell('unit:320614103')
    await page.waitForSelector('[data-live-state="held"]')
    expect(await page.$$('[data-item]')).to.have.lengthOf(1)
    await page.evaluate('document.activeElement.blur()')
    await shown('2')
    expect(await page.inputValue('#filter')).to.equal('常')
    await page.waitForSelector('[data-live-state="connected"]')
  })

  it('drops repeats of the same stream and sequence', async () => {
    play.tell('unit:320614103', { stream: 'case:1', seq: 7 })
    await page.waitForResponse((response) => response.request().headers()['x-fragment'] === 'mine')
    play.tell('unit:320614103', { stream: 'case:1', seq: 7 })
    play.tell('unit:320614103', { stream: 'case:1', seq: 6 })
    cases = ['2', '1']
    play.tell('unit:320614103', { stream: 'case:2', seq: 1 })
    await shown('2')
    expect(play.fragments).to.have.lengthOf(2)
  })

  it('asks after a reconnect for everything since the last id it heard', async () => {
    play.tell('unit:320614103', { id: '99999999999999-5' })
    await page.waitForResponse((response) => response.request().headers()['x-fragment'] === 'mine')
    play.resumes.length = 0
    play.cut()
    await page.waitForFunction('document.querySelector("[data-live-state=connected]")')
    for (let waits = 0; waits < 100 && play.resumes.length === 0; waits += 1) await page.waitForTimeout(50)
    expect(play.resumes[0]).to.deep.equal({ 'unit:320614103': '99999999999999-5' })
  })

  it('reads a room anew when it is too far behind', async () => {
    cases = ['2', '1']
    play.reset('unit:320614103')
    await shown('2')
  })

  it('asks at first for what came between the making of the page and the connection', () => {
    const [first] = play.resumes.slice(-1)
    const ms = Number(first?.['unit:320614103']?.split('-')[0])
    expect(Date.now() - ms).to.be.within(500, 60_000)
  })

  it('leaves the page alone when the fresh copy cannot be had', async () => {
    play.page.main = () => undefined
    const answered = page.waitForResponse((response) => response.status() === 500)
    play.tell('unit:320614103')
    await answered
    expect(await page.textContent('#case-1')).to.equal('急难 1')
  })
})
