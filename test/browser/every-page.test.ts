import { expect } from 'chai'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core'
import { URGENT_TYPE } from '../../src/aid/decision.ts'
import { projectRoot } from '../../src/platform/project-root.ts'
import { axe, newContext, scrollsSideways, sharedBrowser, WIDTHS } from '../support/browsers.ts'
import type { Width } from '../support/browsers.ts'
import { world } from '../support/world.ts'
import { COUNTY, putToWork, WORDS_OF_PEOPLE } from './every-page/a-county-at-work.ts'
import type { CountyAtWork } from './every-page/a-county-at-work.ts'
import { rawWords, shownWords, untranslated } from './every-page/shown-words.ts'
import { NO_PAGES, visitsOf } from './every-page/visits.ts'
import type { Visit } from './every-page/visits.ts'
import type { WebOfWorld } from './every-page/web-of-world.ts'
import { sessionOf, startWebOfWorld } from './every-page/web-of-world.ts'

const PASSWORD = 'a-demo-password-for-tests'

/** How many tabs are looked at side by side; one per core. */
const TABS = 2

/** How long anything on a page may take before it counts as broken. Milliseconds. */
const LONGEST_MS = 10_000

/** A language, the screen axe looks at it on, and the screen it is then shown on. */
type Look = { readonly lng: 'zh-CN' | 'en'; readonly first: Width; readonly then: Width }

describe('Browser - every page', function () {
  this.timeout(600_000)
  let web: WebOfWorld
  let browser: Browser
  let county: CountyAtWork
  let data: string
  const sessions = new Map<string, ReturnType<typeof sessionOf>>()

  before(async () => {
    const story = await world()
    county = await putToWork(story, PASSWORD)
    data = [...WORDS_OF_PEOPLE, ...(await namesOf(story.services))].join('\n')
    web = await startWebOfWorld(story)
    browser = await sharedBrowser()
  })

  after(() => web.close())

  it('is visited', () => {
    const visited = new Set(visitsOf(county).map(({ page }) => page))
    expect(web.pages.filter((page) => !visited.has(page) && !NO_PAGES.includes(page))).to.deep.equal([])
  })

  const looks: readonly Look[] = [
    { lng: 'zh-CN', first: 'phone', then: 'desk' },
    { lng: 'en', first: 'desk', then: 'phone' },
  ]
  for (const look of looks)
    it(`can be read and used by everybody, in ${look.lng}`, async () => {
      const waiting = [...visitsOf(county)]
      const faults: string[] = []
      const tab = async (): Promise<void> => {
        const context = await newContext(browser, web.url, { lng: look.lng, width: look.first })
        const page = await context.newPage()
        page.setDefaultTimeout(LONGEST_MS)
        for (let visit = waiting.shift(); visit; visit = waiting.shift())
          for (const fault of await faultsOf(page, visit, look)) faults.push(`${visit.as ?? ''} ${visit.at}: ${fault}`)
        await context.close()
      }
      await Promise.all(Array.from({ length: TABS }, tab))
      expect(faults.join('\n')).to.equal('')
    })

  it('has been seen with each of its templates', () => {
    const unseen = templates().filter((name) => !web.shown.has(name))
    expect(unseen).to.deep.equal([])
  })

  /** One tab for all: a new one would have to learn axe and the page's scripts anew, which takes most of a second. */
  async function faultsOf(page: Page, visit: Visit, look: Look): Promise<readonly string[]> {
    const said: string[] = []
    const onLine = (line: ConsoleMessage): unknown =>
      /^(error|warning)$/.test(line.type()) && said.push(`console: ${line.text()}`)
    const onError = (error: Error): unknown => said.push(`script: ${error.message}`)
    await page.goto('about:blank')
    page.on('console', onLine).on('pageerror', onError)
    try {
      await show(page, look.first)
      await signIn(page.context(), visit.as, look.lng)
      const answer = await page.goto(web.url + visit.at)
      const expected = visit.page.startsWith('(') ? [403, 404] : [200]
      const status = expected.includes(answer?.status() ?? 0) ? [] : [`status ${answer?.status() ?? 'none'}`]
      await visit.act?.(page)
      const words = await shownWords(page)
      const found = [...status, ...(await axe(page)), ...rawWords(words), ...(await shape(page, visit, look))]
      if (look.lng === 'en') found.push(...untranslated(words, data))
      return [...found, ...said.filter((line) => !EXPECTED.test(line))]
    } catch (error) {
      return [String(error)]
    } finally {
      page.off('console', onLine).off('pageerror', onError)
    }
  }

  /** Whether the page fits the phone and the desk. */
  async function shape(page: Page, visit: Visit, { lng, first, then }: Look): Promise<readonly string[]> {
    const found: string[] = []
    for (const width of [first, then]) {
      await show(page, width)
      if (await scrollsSideways(page)) found.push(`scrolls sideways on a ${width}`)
      await picture(page, visit, `${lng}.${WIDTHS[width]}`)
    }
    return found
  }

  async function signIn(context: BrowserContext, account: string | undefined, lng: string): Promise<void> {
    await context.clearCookies({ name: 'jjn.sid' })
    if (account !== undefined) {
      if (!sessions.has(account)) sessions.set(account, sessionFor(account))
      await context.addCookies((await sessions.get(account)) ?? [])
    }
    await context.addCookies([{ name: 'lng', value: lng, url: web.url }])
  }

  function sessionFor(account: string): ReturnType<typeof sessionOf> {
    const name = account.replace('half:', '')
    return sessionOf(browser, web.url, name, name === 'HD-newcomer' ? county.newcomerPassword : PASSWORD)
  }
})

async function show(page: Page, width: Width): Promise<void> {
  await page.setViewportSize({ width: WIDTHS[width], height: width === 'phone' ? 740 : 900 })
}

/** The browser reports every answer above 399; those are provoked here. */
const EXPECTED = /Failed to load resource: .* (400|403|404|422)/

/** Templates of pages: `cases/case`. Frames, parts and the style guide are no pages. */
function templates(): readonly string[] {
  const views = join(projectRoot(), 'views')
  const folders = readdirSync(views).filter(
    (name) => !/^(layouts|partials|style-guide|words|styles|icons)$|\./.test(name),
  )
  return folders.flatMap((folder) =>
    readdirSync(join(views, folder))
      .filter((file) => file.endsWith('.hbs'))
      .map((file) => `${folder}/${file.replace('.hbs', '')}`),
  )
}

/** Keeps a picture of the page where `PICTURES_DIR` names a folder, to be looked at by a person. */
async function picture(page: Page, { at }: Visit, look: string): Promise<void> {
  const folder = process.env['PICTURES_DIR']
  if (!folder) return
  const name = decodeURIComponent(at)
    .replace(/^\//, '')
    .replaceAll(/[^\p{L}\d]+/gu, '-')
  await page.screenshot({ path: join(folder, `${name || 'home'}.${look}.png`), fullPage: true })
}

/** Names of places, units, people and documents of the demo: they are Chinese in any language. */
async function namesOf(services: Awaited<ReturnType<typeof world>>['services']): Promise<readonly string[]> {
  const codes = await services.units.counties()
  const books = await Promise.all(codes.map((county) => services.units.book(county)))
  const units = books.flatMap(({ all }) => all.flatMap(({ name, shortName }) => [name, shortName]))
  const staff = (await services.staff.book(COUNTY)).all.flatMap(({ name, account }) => [name, account])
  const lines = (await services.hotlines.list(COUNTY)).map(({ name }) => name)
  const windows = (await services.windows.list(COUNTY)).flatMap(({ name, place }) => [name, place])
  const places = (await services.divisions.below(COUNTY)).map(({ name }) => name)
  const policy = await services.policies.at({ scope: COUNTY, at: services.clock.now() })
  const documents = policy
    .all()
    .flatMap(({ source }) => (source.id === 'CHOSEN' ? [] : [source.title, source.number ?? '']))
  return [...units, ...staff, ...lines, ...windows, ...places, ...documents, URGENT_TYPE]
}
