import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { complaintsOf, openPage, sharedBrowser } from './browsers.ts'
import type { OpenOptions } from './browsers.ts'
import type { Installation } from './installation.ts'

/** Somebody's screen, and everything that was sent to it. */
export interface Screen {
  readonly page: Page
  readonly account: string
  /** Signs in, as after a night: sessions follow the story's clock. */
  signsIn(): Promise<void>
  /** Addresses of the answers in which these words stood, also those no page showed. */
  sentWith(words: string): readonly string[]
  /** Everything the pages asked for: titles, labels, hints, choices, buttons. */
  readonly asked: readonly string[]
  /** Fields that take a file. */
  readonly fileFields: readonly string[]
  /** Notes what the page asks for now, and keeps a picture where `PICTURES_DIR` says so. */
  look(name: string): Promise<void>
  /** What the browser complained about. */
  complaints(): readonly string[]
  close(): Promise<void>
}

/** What asks somebody for something. */
const ASKING = 'h1, h2, h3, legend, label, .govuk-hint, button, .govuk-button, option, .jjn-next__title'

/** Signs in as a person would, and keeps what their screen is sent. */
export async function screenOf(house: Installation, account: string, options: OpenOptions = {}): Promise<Screen> {
  const page = await openPage(await sharedBrowser(), house.url, options)
  page.setDefaultTimeout(10_000)
  const sent: { url: string; text: string }[] = []
  page.on('response', (response) => {
    if (!/html|json/.test(response.headers()['content-type'] ?? '')) return
    void response.text().then(
      (text) => sent.push({ url: new URL(response.url()).pathname, text }),
      () => undefined,
    )
  })
  const signsIn = async (): Promise<void> => {
    await page.goto(`${house.url}/sign-in`)
    await page.fill('#account', account)
    await page.fill('#password', house.password)
    await page.click('form[action="/sign-in"] button[type=submit]')
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  }
  await signsIn()
  const asked = new Set<string>()
  const fileFields = new Set<string>()

  return {
    page,
    account,
    signsIn,
    sentWith: (words) => sent.filter(({ text }) => text.includes(words)).map(({ url }) => url),
    get asked() {
      return [...asked]
    },
    get fileFields() {
      return [...fileFields]
    },
    async look(name) {
      for (const text of await page.locator(ASKING).allTextContents()) asked.add(text.replaceAll(/\s+/g, ' ').trim())
      for (const field of await page.locator('input[type=file]').all())
        fileFields.add((await field.getAttribute('name')) ?? '')
      await keepPicture(page, `${name}-${account}`)
    },
    complaints: () => complaintsOf(page),
    close: () => page.context().close(),
  }
}

/** Pictures of a story for people to look at; nothing in a usual run. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const dir = process.env['PICTURES_DIR']
  if (!dir) return
  mkdirSync(dir, { recursive: true })
  await page.screenshot({ path: join(dir, `${name}.png`), fullPage: true })
}
