import { expect } from 'chai'
import type { CaseRecord } from '../../src/cases/index.ts'
import type { OpenOptions } from '../support/browsers.ts'
import type { Books } from '../support/books.ts'
import { openBooks } from '../support/books.ts'
import { eventually } from '../support/database.ts'
import type { Installation } from '../support/installation.ts'
import { startInstallation } from '../support/installation.ts'
import type { LiveScreen } from '../support/live-screen.ts'
import { followLive } from '../support/live-screen.ts'
import type { Screen } from '../support/screens.ts'
import { screenOf } from '../support/screens.ts'

const COUNTY = '320614'
const TOWNSHIP = '320614103'
const HOTLINE = '12320614000'
const CALLER = '12800001111'
const DUTY_PHONE = '12320614103'
const IDENTITY = '329900198804121018'

describe('Journey - S01: stranded worker at night, no registration here', function () {
  this.timeout(60_000)
  let house: Installation
  let books: Books
  let operator: Screen
  let officer: Screen
  let cashier: Screen
  let county: Screen
  let live: LiveScreen
  let no: string
  const screens: Screen[] = []

  before(async () => {
    house = await startInstallation(COUNTY, '2026-11-28T23:30:00+08:00')
    books = await openBooks(house.services, COUNTY)
    ;[operator, officer] = await Promise.all([open('O1'), open('D-常乐', { width: 'phone' })])
    await books.hold()
  })

  after(async () => {
    await Promise.all(screens.map((screen) => screen.close()))
    await house.close()
  })

  afterEach(() => books.hold())

  const open = async (account: string, options: OpenOptions = {}): Promise<Screen> => {
    const screen = await screenOf(house, account, options)
    screens.push(screen)
    return screen
  }
  const theCase = async (): Promise<CaseRecord> => (await house.services.cases.find(COUNTY, no))!
  const idOf = async (account: string): Promise<string> =>
    (await house.services.staff.book(COUNTY)).all.find((person) => person.account === account)!._id
  const stagesOf = async (): Promise<string[]> => (await theCase()).stages.map(({ stage }) => stage)
  const press = (screen: Screen, name: string) => screen.page.getByRole('button', { name, exact: true }).first().click()
  const shows = (screen: Screen, text: string | RegExp) => screen.page.getByText(text).first().waitFor()

  it('rings at the hotline, and the operator’s screen pops', async () => {
    await house.passes('2026-11-28T23:40:10+08:00')
    await operator.page.waitForSelector('[data-live-state="connected"]')
    const call = house.phones.caller(CALLER).dials(HOTLINE)
    await call.hears('社会救助服务热线')
    await operator.page.getByRole('button', { name: '接听' }).waitFor()
    await operator.look('01-rings')
    await press(operator, '接听')
    await call.isAnsweredBy('client:O1')
    await shows(operator, '这个号码以前没有记录')
    await operator.look('02-answered')
    expect(await operator.page.inputValue('#phone')).to.equal('128 0000 1111')
  })

  it('offers 海门 first and the other four places of that name, and never chooses silently', async () => {
    const { page } = operator
    await page.locator('#place').pressSequentially('常乐镇')
    await page.getByRole('option').nth(4).waitFor()
    await operator.look('03-place')
    const offered = await page.getByRole('option').allTextContents()
    expect(offered[0]).to.include('海门区')
    expect(offered).to.have.lengthOf(5)
    for (const other of ['平陆', '合浦', '蓬溪', '沙坡头']) expect(offered.slice(1).join()).to.include(other)
    expect(await page.inputValue('#place-code')).to.equal('')
    await page.getByRole('option').first().click()
    expect(await page.inputValue('#place-code')).to.equal(TOWNSHIP)
    await page.locator('#place').pressSequentially('公交站')
  })

  it('is saved with what he tells, and stands on the officer’s phone at once', async () => {
    const { page } = operator
    await officer.page.waitForSelector('[data-live-state="connected"]')
    await page.fill('#text', '外地务工，上周失业，包被偷，今晚没有住处，想回家。户口在云南楚雄州。')
    await page.getByLabel('来电人本人').check()
    await page.fill('#personName', '测试甲')
    await page.fill('#personIdentity', IDENTITY)
    await page.getByLabel('滞留').check()
    await page.getByLabel('务工失业').check()
    await press(operator, '保存并派单')
    await officer.page.waitForSelector('[data-item]')
    await page.waitForURL('**/saved')
    await operator.look('04-saved')
    await officer.look('05-lights-up')
    no = (await officer.page.getAttribute('[data-item]', 'data-item'))!
    await shows(operator, no.replace(/(....)(?=.)/g, '$1 '))
    live = await followLive(house.url, officer, `case:${no}`)
    await live.hears('case.routed')
  })

  it('goes to the township of the emergency, whatever the registration says', async () => {
    const found = await theCase()
    expect([found.unit, found.responsible.staffId]).to.deep.equal([TOWNSHIP, await idOf('D-常乐')])
    expect(found.routing).to.include({ rule: 'place_of_emergency', code: TOWNSHIP })
    const clocks = await house.services.deadlines.openFor(COUNTY, `case:${no}`)
    expect(clocks.map(({ name, dueAt }) => [name, dueAt.toISOString()])).to.deep.include([
      'dispatch.ack',
      new Date('2026-11-29T00:10:10+08:00').toISOString(),
    ])
  })

  it('tells the officer by text, the caller the number', async () => {
    await house.phones.phone(DUTY_PHONE).wasTexted(no)
    await house.phones.phone(CALLER).wasTexted(no)
  })

  it('calls the officer out once nobody has seen it for 60 seconds, and not before', async () => {
    const phone = house.phones.phone(DUTY_PHONE)
    await house.passes('2026-11-28T23:41:09+08:00')
    expect((await phone.view()).calls).to.deep.equal([])
    await house.passes('2026-11-28T23:41:10+08:00')
    await phone.rings().answers().hears(no)
    expect((await phone.view()).calls).to.have.lengthOf(1)
  })

  it('is taken at 23:52 with one press, and the operator sees who has it', async () => {
    await house.passes('2026-11-28T23:52:00+08:00')
    await press(officer, '接单')
    await officer.page.waitForURL('**/cases/*')
    await officer.look('06-taken')
    await live.hears('case.acknowledged')
    await shows(operator, `个案 ${no} 已由常乐镇接单。`)
    await shows(operator, /^已由常乐镇的.+接单。/)
    await operator.look('07-operator-hears')
    live.breaks()
    await press(officer, '开始核实')
    await officer.page.getByRole('button', { name: '作出决定' }).waitFor()
    await officer.look('08-verifying')
    expect((await theCase()).stage).to.equal('VERIFYING')
    await live.mends()
    await live.hears('case.verifying')
  })

  it('shows his number to the officer for a reason, on record, and to nobody else', async () => {
    const { page } = officer
    await page.getByRole('link', { name: '测＊' }).click()
    await officer.look('08-person')
    await page.getByRole('link', { name: '因其他理由查看…' }).click()
    await page.getByLabel('身份证号').check()
    await page.getByLabel('核对身份').check()
    await officer.look('08-reveal')
    await page.locator('form[action$="/reveal"] button[type=submit]').click()
    await shows(officer, IDENTITY)
    const { personId } = await theCase()
    const looks = (await house.services.journal.stream(COUNTY, `person:${personId!}`)).filter(
      ({ type }) => type === 'person.revealed',
    )
    expect(looks.map(({ actor, data }) => [actor.staffId, data['fields'], data['reason']])).to.deep.equal([
      [await idOf('D-常乐'), ['identityNumber'], 'check_identity'],
    ])
    await page.goto(`${house.url}/cases/${no}`)
  })

  it('is helped within the officer’s limit at 00:20', async () => {
    await house.passes('2026-11-29T00:20:00+08:00')
    const { page } = officer
    await press(officer, '作出决定')
    await page.fill('#cash', '200')
    await page.fill('#service', '120')
    await page.fill('#serviceItem', '旅馆一晚')
    await page.fill('#goods', '30')
    await page.fill('#goodsItem', '食品')
    await page.fill('#payeeName', '测试甲')
    await page.fill('#reason', '今晚没有吃住')
    await officer.look('09-decide')
    await press(officer, '决定并预占资金')
    await page.waitForURL(`**/cases/${no}`)
    await officer.look('10-decided')
    for (const screen of [operator, officer]) {
      expect(screen.asked.join('\n')).to.not.match(/户口|户籍|居住证|证明|证件|照片|家庭收入|核对授权|公示/)
      expect(screen.asked.filter((asked) => asked.includes('身份证号码'))).to.satisfy((asked: string[]) =>
        asked.every((text) => text.includes('可以不填')),
      )
    }
    expect(await books.booked()).to.deep.equal({})
  })

  it('is paid by the cashier, and receipts print', async () => {
    ;[cashier, county] = await Promise.all([open('K-常乐'), open('C1')])
    await county.page.waitForSelector('[data-live-state="connected"]')
    const { page } = cashier
    for (let left = 3; left > 0; left -= 1) {
      await page.goto(`${house.url}/payments`)
      expect(await page.locator('[data-item]').count()).to.equal(left)
      await cashier.look(`11-payments-${left}`)
      await page.locator('[data-item] .govuk-button').first().click()
      await page.getByRole('button', { name: '已付款' }).waitFor()
      await cashier.look(`12-pay-${left}`)
      await press(cashier, '已付款')
      await press(cashier, '打印收据')
      await shows(cashier, /^今收到救助款 ¥\d+\.00（人民币.+元整）。$/)
      expect((await page.pdf()).subarray(0, 5).toString()).to.equal('%PDF-')
      await cashier.look(`13-receipt-${left}`)
    }
    expect(await books.booked()).to.deep.equal({
      [`ADVANCE:${no}`]: 35_000,
      'IMPREST:常乐': -32_000,
      'GOODS:常乐': -3_000,
    })
    expect(await books.balanceOf('IMPREST:常乐')).to.equal(4_968_000)
    expect(await books.balanceOf('GOODS:常乐')).to.equal(97_000)
    await shows(county, `常乐镇已先行救助 ¥350.00（个案 ${no}）。`)
    await county.look('14-county')
  })

  it('shows when the papers are due once the emergency has ended', async () => {
    await house.passes('2026-11-29T10:30:00+08:00')
    await officer.page.goto(`${house.url}/cases/${no}`)
    await officer.look('15-paid')
    await press(officer, '登记急难解除')
    await officer.look('16-end')
    await officer.page.locator('form[action$="/emergency"] button[type=submit]').click()
    await officer.page.waitForURL(`**/cases/${no}`)
    await officer.look('17-ended')
    await shows(officer, /12月4日 周五 24:00/)
    const clocks = await house.services.deadlines.openFor(COUNTY, `case:${no}`)
    expect(clocks.map(({ name, dueAt }) => [name, dueAt.toISOString()])).to.deep.equal([
      ['advance.supplement', new Date('2026-12-05T00:00:00+08:00').toISOString()],
    ])
  })

  it('is explained, confirmed, told and closed', async () => {
    await house.passes('2026-12-01T10:00:00+08:00')
    await officer.signsIn()
    await officer.page.goto(`${house.url}/cases/${no}`)
    await press(officer, '补充说明')
    await officer.page.fill('#text', '已安置旅馆一晚，次日返乡')
    await officer.look('18-supplement')
    await press(officer, '提交')
    await officer.page.waitForURL(`**/cases/${no}`)
    await house.passes('2026-12-02T09:00:00+08:00')
    await county.signsIn()
    await county.page.goto(`${house.url}/confirmations`)
    await county.look('19-confirmations')
    await press(county, '核定')
    await county.page.waitForURL(`**/cases/${no}`)
    await county.look('20-confirmed')
    expect(await books.booked()).to.deep.equal({ [`ADVANCE:${no}`]: -35_000, 'RELIEF_EXPENSE:急难': 35_000 })
    await officer.signsIn()
    await officer.page.goto(`${house.url}/cases/${no}`)
    await officer.page.locator(`a[href$="/feedback"]`).first().click()
    await officer.page.getByLabel('电话').check()
    await officer.page.fill('#text', '已告知救助结果')
    await officer.look('21-feedback')
    await officer.page.locator('form[action$="/feedback"] button[type=submit]').click()
    await officer.page.waitForURL(`**/cases/${no}`)
    await press(officer, '办结')
    await shows(officer, '已办结')
    await officer.look('22-closed')
    await house.phones.phone(CALLER).wasTexted('已办结')
    expect(await stagesOf()).to.deep.equal([
      'RECEIVED', 'ROUTED', 'ACKED', 'VERIFYING', 'ADVANCED', 'EMERGENCY_ENDED', 'SUPPLEMENT_DUE',
      'SUPPLEMENTED', 'CONFIRMED', 'FED_BACK', 'CLOSED',
    ]) // prettier-ignore
  })

  it('gives the township its money back', async () => {
    await county.page.goto(`${house.url}/funds/township-${TOWNSHIP}`)
    await county.page.locator('form[action$="/refund"] button').click()
    await county.page.waitForURL('**/funds/**')
    const finance = await open('C2')
    await finance.page.goto(`${house.url}/funds/township-${TOWNSHIP}`)
    await finance.look('23-fund')
    await finance.page.locator('a[href*="/proposals/"]').first().click()
    await finance.page.locator('form[action$="/approve"] button').click()
    await eventually('the money', async () => (await books.balanceOf('IMPREST:常乐')) === 5_000_000)
    await finance.look('24-refunded')
    expect(await books.booked()).to.deep.equal({ 'IMPREST:常乐': 32_000, COUNTY_FUND: -32_000 })
  })

  it('told everybody what they had to know, each once', async () => {
    const sentTo = async (phone: string) => {
      const { texts, calls } = await house.phones.phone(phone).view()
      const ours = (all: readonly { readonly direction: string }[]): number =>
        all.filter(({ direction }) => direction === 'outbound-api').length
      return { texts: ours(texts), calls: ours(calls) }
    }
    expect(await sentTo(CALLER)).to.deep.equal({ texts: 2, calls: 0 })
    expect(await sentTo(DUTY_PHONE)).to.deep.equal({ texts: 2, calls: 1 })
    const notices = await house.services.notices.ofCase(COUNTY, no)
    const told = await Promise.all(
      (['D-常乐', 'O1', 'C1'] as const).map(async (account) => {
        const staffId = await idOf(account)
        return notices
          .filter(({ to }) => to === staffId)
          .map(({ kind, medium, state }) => `${kind} ${medium} ${state}`)
          .sort()
      }),
    )
    expect(told).to.deep.equal([
      ['case_for_you call SENT', 'case_for_you screen SENT', 'case_for_you text SENT', 'papers_due text SENT'],
      ['case_taken screen SENT'],
      ['advance_made screen SENT'],
    ])
  })

  it('reached open screens without loss or repetition, also over a broken line', () => {
    const room = `case:${no}`
    const seqs = live.heard.filter((event) => event.room === room && event.stream === room).map(({ seq }) => seq)
    expect(seqs).to.deep.equal(seqs.map((_seq, index) => index + 1))
    live.close()
    expect(live.heard.map(({ type }) => type)).to.include.members(['case.routed', 'case.verifying', 'case.closed'])
  })

  it('asked nobody’s means, published nothing, demanded no picture and counted nobody as a vagrant', async () => {
    const { connection, deadlines } = house.services
    const lines = await connection.collection('journal').find({ county: COUNTY }).toArray()
    expect(lines.filter(({ type }) => /means|public|publish/.test(String(type)))).to.deep.equal([])
    const clocks = await deadlines.allFor(COUNTY, `case:${no}`)
    expect(clocks.filter(({ name }) => name.startsWith('expend.') || name.startsWith('station.'))).to.deep.equal([])
    expect(screens.flatMap(({ fileFields }) => fileFields)).to.deep.equal([])
    const { tags, sharedWith, unit } = await theCase()
    expect(tags).to.deep.equal(['STRANDED', 'MIGRANT_NO_JOB'])
    expect([unit, ...sharedWith]).to.deep.equal([TOWNSHIP])
  })

  it('showed his identity number on the page that was asked for it, and nowhere else', () => {
    const shownAt = screens.flatMap((screen) => screen.sentWith(IDENTITY))
    expect(shownAt).to.have.lengthOf(1)
    expect(shownAt[0]).to.match(/^\/people\/[^/]+\/reveal$/)
    for (const screen of screens) expect(screen.complaints()).to.deep.equal([])
  })
})
