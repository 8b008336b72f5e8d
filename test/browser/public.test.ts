import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { acknowledgeCase } from '../../src/routing/index.ts'
import { newContext, sharedBrowser } from '../support/browsers.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import type { WebOfWorld } from './every-page/web-of-world.ts'
import { startWebOfWorld } from './every-page/web-of-world.ts'

const COUNTY = '320614'
const PHONE = '128 0000 5678'

describe('Browser - the public door, on an old phone without scripts', function () {
  this.timeout(60_000)
  let w: World
  let web: WebOfWorld
  let browser: Browser
  let page: Page
  let no: string

  before(async () => {
    w = await world()
    w.clock.set('2026-11-23T20:00:00+08:00')
    web = await startWebOfWorld(w)
    browser = await sharedBrowser()
    const context = await newContext(browser, web.url, { width: 'phone', javaScript: false })
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
  })

  after(() => web.close())

  const fill = async (fields: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(fields)) await page.fill(`#${name}`, text)
  }
  const send = () => page.click('main form button[type=submit]')
  const said = () => page.locator('main').innerText()
  const asks = async (number: string, suffix: string): Promise<string> => {
    await page.goto(`${web.url}/public/${COUNTY}/progress`)
    await fill({ no: number, suffix })
    await send()
    return said()
  }
  const theIntake = () => w.services.intakes.find(COUNTY, no)

  it('lets somebody choose the county', async () => {
    await page.goto(`${web.url}/public`)
    await page.getByRole('link', { name: '海门' }).first().click()
    expect(await page.locator('body').innerText()).to.include('120')
    expect(await said()).to.include('不需要户口、证件')
  })

  it('says what is missing and keeps what was written', async () => {
    await fill({ place: '常乐镇汽车站', text: '钱包被偷，今晚没有地方住' })
    await send()
    expect(await said()).to.include('请填写能打通的电话')
    expect(await page.inputValue('#place')).to.equal('常乐镇汽车站')
  })

  it('takes place, phone and one line, and gives a number', async () => {
    await page.selectOption('#township', '320614103')
    await fill({ phone: PHONE })
    await page.check('#tonight')
    await send()
    await page.waitForURL(/received/)
    no = /received\/(\d{12})/.exec(page.url())![1]!
    expect((await said()).replaceAll(/\s/g, '')).to.include(no)
  })

  it('makes it a case of that township at once, with the county answering for it until the township does', async () => {
    await w.settles()
    const intake = (await theIntake())!
    const found = (await w.services.cases.find(COUNTY, intake.caseNo!))!
    expect([intake.channel, found.urgency, found.unit, found.state]).to.deep.equal([
      'public',
      'P1',
      '320614103',
      'ROUTED',
    ])
    expect(found.responsible.staffId).to.equal((await w.staff('D-常乐')).staffId)
    expect(found.firstResponsible).to.deep.equal({ unit: COUNTY, staffId: (await w.staff('T1')).staffId })
  })

  it('tells how far it is to whoever knows the number and the end of the phone', async () => {
    expect(await asks(no, '5678')).to.include('已交常乐镇，正在等待接单')
    await acknowledgeCase(w.services, { no: (await theIntake())!.caseNo! }, await w.by('D-常乐'))
    const spelled = no.replace(/(....)(?=.)/g, '$1 ')
    expect(await asks(spelled, '５６７８')).to.include('常乐镇已接单')
    expect(await asks((await theIntake())!.caseNo!, '5678')).to.include('常乐镇已接单')
  })

  it('tells nothing of what happened, where, to whom', async () => {
    const shown = await asks(no, '5678')
    expect(shown).to.not.match(/汽车站|钱包|1280000/)
  })

  it('answers a wrong number and a wrong phone alike, and soon not at all', async () => {
    const wrongPhone = await asks(no, '0000')
    expect(wrongPhone).to.include('编号和电话后四位不相符')
    expect(await asks('025181837640', '5678')).to.match(/不相符|请核对 12 位编号/)
    let tries = 1
    for (; tries < 12 && !(await asks(no, '0001')).includes('试的次数太多'); tries += 1);
    expect(tries).to.be.within(4, 8)
    expect(await asks(no, '5678')).to.include('试的次数太多')
  })

  it('is a door of counties served here only, and shows no words of strangers', async () => {
    expect((await page.goto(`${web.url}/public/110101`))?.status()).to.equal(404)
    const words = encodeURIComponent('请打电话给某某')
    expect((await page.goto(`${web.url}/public/${COUNTY}/received/${words}`))?.status()).to.equal(404)
  })

  it('takes a double press as one request', async () => {
    await page.goto(`${web.url}/public/${COUNTY}`)
    await fill({ place: '悦来镇', phone: PHONE, text: '房子着火了' })
    const fields = await page.locator('main form input[type=hidden]').all()
    const hidden = await Promise.all(
      fields.map(async (field) => [await field.getAttribute('name'), await field.getAttribute('value')] as const),
    )
    const body: Record<string, string> = {
      ...(Object.fromEntries(hidden) as Record<string, string>),
      place: '悦来镇',
      phone: PHONE,
      text: '房子着火了',
      needy: 'other',
    }
    const post = () => page.request.post(`${web.url}/public/${COUNTY}`, { form: body, maxRedirects: 0 })
    const answers = await Promise.all([post(), post()])
    const targets = answers.map((answer) => answer.headers()['location'])
    expect(targets[0]).to.match(/received/)
    expect(targets[1]).to.equal(targets[0])
  })
})
