import { expect } from 'chai'
import { actorFrom } from '../../src/directory/index.ts'
import { byOf } from '../support/actors.ts'
import { axe, scrollsSideways } from '../support/browsers.ts'
import type { Installation } from '../support/installation.ts'
import { startInstallation } from '../support/installation.ts'
import type { Screen } from '../support/screens.ts'
import { screenOf } from '../support/screens.ts'
import { conferenceStory } from '../conference/case-before-conference.ts'

const COUNTY = '320614'

/** Longest wait for a change to show on another screen. Milliseconds. Bounded for a busy machine; how fast it is says `npm run bench -- screen`. */
const SHOWN_MS = 15_000

describe('Browser - conference', function () {
  this.timeout(120_000)
  this.bail(true)
  let house: Installation
  let story: ReturnType<typeof conferenceStory>
  let officer: Screen
  let civil: Screen
  let secretary: Screen
  let housing: Screen
  let chair: Screen
  let stranger: Screen
  let no: string
  let id: string

  before(async () => {
    house = await startInstallation(COUNTY, '2026-12-09T10:00:00+08:00')
    const { services } = house
    const by = async (account: string) => {
      const found = (await services.staff.book(COUNTY)).all.find((person) => person.account === account)
      if (!found) throw new Error(`Nobody is called ${account}`)
      return byOf(actorFrom(found))
    }
    story = conferenceStory({ services, clock: services.clock, by })
    no = await story.verified('正余')
    ;[officer, civil, secretary, housing, chair, stranger] = await Promise.all([
      screenOf(house, 'D-正余', { width: 'phone' }),
      screenOf(house, 'C1', { width: 'tablet' }),
      screenOf(house, 'S1'),
      screenOf(house, 'M-住建', { width: 'phone' }),
      screenOf(house, 'CH1'),
      screenOf(house, 'M-卫健'),
    ])
    await readsEnglish(secretary)
  })

  after(async () => {
    await Promise.all([officer, civil, secretary, housing, chair, stranger].map((screen) => screen.close()))
    await house.close()
  })

  /** The language somebody chose at the top of the page; an account begins in its own. */
  const readsEnglish = ({ page }: Screen) => page.context().addCookies([{ name: 'lng', value: 'en', url: house.url }])
  const goes = async ({ page }: Screen, path: string) => {
    await page.goto(house.url + path)
    await page.waitForSelector('[data-live-state="connected"]')
  }
  const button = ({ page }: Screen, name: string) => page.getByRole('main').getByRole('button', { name, exact: true })
  const sees = (screen: Screen, text: string) =>
    screen.page.getByRole('main').getByText(text).first().waitFor({ timeout: SHOWN_MS })
  const isFitFor = async (screen: Screen, name: string) => {
    await screen.look(name)
    expect(await axe(screen.page), name).to.deep.equal([])
    expect(await scrollsSideways(screen.page), name).to.equal(false)
  }

  it('is proposed by thumb, and stands on the county’s board at once', async () => {
    await Promise.all([goes(civil, '/conference'), goes(secretary, '/conference')])
    await goes(officer, `/cases/${no}`)
    await officer.page.getByText('提请县级会商').click()
    await isFitFor(officer, 'conference-propose')
    await button(officer, '提请会商').click()
    await officer.page.waitForSelector('[data-error-summary]')
    await isFitFor(officer, 'conference-propose-wrong')
    await officer.page.getByLabel('需要几个部门一起帮').check()
    await officer.page.fill('#reason', '住房、医疗、上学都要部门一起帮')
    await button(officer, '提请会商').dblclick()
    await officer.page.waitForURL('**/conference/*')
    id = officer.page.url().split('/').at(-1) ?? ''
    await Promise.all([sees(civil, no), sees(secretary, no)])
    await sees(secretary, '1 of 1 in the queue')
    await isFitFor(civil, 'conference-board')
    expect(await house.services.conferences.ofCase(COUNTY, no)).to.have.lengthOf(1)
  })

  it('shows the township its place, and moves it while nobody touches the page', async () => {
    await goes(officer, `/cases/${no}`)
    await sees(officer, '第 1 位，共 1 件')
    const urgent = await story.proposed('悦来', 'P0')
    await sees(officer, '第 2 位，共 2 件')
    await sees(secretary, '2 of 2 in the queue')
    await story.accept(urgent)
    await story.schedule(urgent, [])
    await sees(officer, '第 1 位，共 1 件')
  })

  it('is accepted by keyboard alone; the secretary’s next step changes without a reload', async () => {
    await goes(secretary, `/conference/${id}`)
    await sees(secretary, 'Civil affairs has yet to accept it.')
    await civil.page.locator(`a[href="/conference/${id}"]`).focus()
    await civil.page.keyboard.press('Enter')
    await civil.page.waitForURL(`**/conference/${id}`)
    await button(civil, '受理').focus()
    await civil.page.keyboard.press('Enter')
    await sees(civil, '已受理，等会商秘书安排时间。')
    await button(secretary, 'Set the meeting').waitFor({ timeout: SHOWN_MS })
  })

  it('is set once by a double click, and no sooner than now', async () => {
    await button(secretary, 'Set the meeting').click()
    const { page } = secretary
    await page.fill('#meetingAt', '2026-12-01T09:00')
    await button(secretary, 'Set and call').click()
    await sees(secretary, 'That time has passed. Enter now or later.')
    await isFitFor(secretary, 'conference-schedule')
    await page.fill('#meetingAt', '2026-12-11T09:00')
    await page.getByLabel('住建').check()
    await page.getByLabel('教育').check()
    await button(secretary, 'Set and call').dblclick()
    await sees(secretary, 'The meeting is set. Move it or call more departments if needed.')
    const lines = await house.services.journal.stream(COUNTY, `case:${no}`)
    expect(lines.filter(({ type }) => type === 'conference.scheduled')).to.have.lengthOf(1)
  })

  it('is heard from a department, whose words outlive a reload and are read by all at once', async () => {
    await goes(housing, '/conference')
    await housing.page.getByText(no).click()
    await sees(housing, '未答复')
    await isFitFor(housing, 'conference-item-member')
    await button(housing, '写意见').click()
    await housing.page.getByLabel('同意', { exact: true }).check()
    await housing.page.fill('#text', '危房改造九十天完成')
    await housing.page.reload()
    await sees(housing, '已恢复')
    expect(await housing.page.inputValue('#text')).to.equal('危房改造九十天完成')
    await isFitFor(housing, 'conference-opinion')
    await button(housing, '提交意见').click()
    await sees(secretary, '危房改造九十天完成')
    await sees(housing, '本部门的意见已提交')
    await housing.page.goBack()
    await housing.page.waitForURL('**/opinion')
    expect(await housing.page.inputValue('#text')).to.equal('')
  })

  it('is nobody’s business who was not called', async () => {
    for (const path of [`/conference/${id}`, `/conference/${id}/minutes`, `/cases/${no}`]) {
      const answer = await stranger.page.goto(house.url + path)
      expect(answer?.status(), path).to.equal(404)
    }
    await stranger.page.goto(`${house.url}/conference`)
    expect(await stranger.page.getByText(no).count()).to.equal(0)
    await isFitFor(stranger, 'conference-board-empty')
  })

  it('is opened by the chair; the secretary composes, with measures only where somebody agreed', async () => {
    await house.passes('2026-12-11T09:00:00+08:00')
    await Promise.all([officer, secretary, chair].map((screen) => screen.signsIn()))
    await readsEnglish(secretary)
    await goes(secretary, `/conference/${id}`)
    await goes(chair, `/conference/${id}`)
    await button(chair, '开始会商').click()
    await sees(chair, '会商正在进行。')
    await button(secretary, 'Compose the resolution').click()
    await secretary.page.waitForSelector('[data-live-state="connected"]')
    await isFitFor(secretary, 'conference-resolution')
    expect(await secretary.page.locator('.jjn-measure').count()).to.equal(1)
    await story.speaks(id, 'M-民政', 'FOR', '一事一议')
    await secretary.page.locator('[data-item="position-320614"]', { hasText: 'agrees' }).waitFor({ timeout: SHOWN_MS })
  })

  it('ends in a resolution on every screen at once, ready to print', async () => {
    await goes(officer, `/cases/${no}`)
    const { page } = secretary
    await page.fill('#text', '住建局九十天内完成危房改造。')
    await page.fill('[id="measure_320614-housing"]', '危房改造')
    await page.fill('[id="amount_320614-housing"]', '12000.50')
    await page.getByLabel('海门区民政局').check()
    await page.getByLabel('住建').check()
    await button(secretary, 'Resolve and file').click()
    await sees(secretary, 'Enter a time')
    expect(await page.evaluate("document.activeElement.hasAttribute('data-error-summary')")).to.equal(true)
    await page.fill('[id="dueAt_320614-housing"]', '2027-03-11T17:00')
    await button(secretary, 'Resolve and file').click()
    await sees(secretary, 'Too few are present')
    await page.getByLabel('财政').check()
    await button(secretary, 'Resolve and file').click()
    await Promise.all([sees(officer, '320614-2026-01'), sees(chair, '320614-2026-01')])
    await isFitFor(chair, 'conference-resolved')
    await button(secretary, 'Print the minutes').click()
    await page.getByText('SHA-256').waitFor()
    await isFitFor(secretary, 'conference-minutes')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.jjn-print-tools').isVisible()).to.equal(false)
    const { resolution } = (await house.services.conferences.find(COUNTY, id)) ?? {}
    await page.getByText(resolution?.digest ?? 'none').waitFor({ timeout: SHOWN_MS })
  })

  it('gave no browser anything to complain about', () => {
    const refused = /status of (400|404|412|422)/
    for (const screen of [officer, civil, secretary, housing, chair, stranger])
      expect(
        screen.complaints().filter((line) => !refused.test(line)),
        screen.account,
      ).to.deep.equal([])
  })
})
