import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { newContext, startBrowser } from '../../test/support/browsers.ts'
import type { OpenOptions } from '../../test/support/browsers.ts'

/** Who the story's caller is; nobody has this number. */
const CALLER = '12800001111'

/**
 * Plays a call that becomes a case and is decided on, in the running demo, and takes the README's pictures on the way.
 *
 * @throws Error when a page does not show what it should
 */
export async function takeReadmePictures(url: string, password: string, outDir: string): Promise<void> {
  const browser = await startBrowser()
  const open = (account: string, look: OpenOptions): Promise<Page> => signedIn(browser, url, account, password, look)
  const take = async (page: Page, name: string): Promise<void> => {
    await page.screenshot({ path: join(outDir, `${name}.png`) })
  }
  try {
    const operator = await open('O1', { width: 'desk' })
    await operator.goto(`${url}/line`)
    await ring(await operator.context().newPage(), url)
    await operator.waitForSelector('form[action$="/answer"]')
    await take(operator, 'line')
    const no = await register(operator)

    const officer = await open('D-常乐', { width: 'phone' })
    await officer.goto(`${url}/cases/${no}`)
    await take(officer, 'case')
    await press(officer, 'acknowledge')
    await press(officer, 'verify')
    await officer.goto(`${url}/cases/${no}/decide`)
    await take(officer, 'decide')
    const english = await open('D-常乐', { width: 'phone', lng: 'en' })
    await english.goto(`${url}/cases/${no}`)
    await take(english, 'case-en')
    const county = await open('C1', { width: 'desk' })
    await county.goto(`${url}/funds`)
    await take(county, 'funds')
  } finally {
    await browser.close()
  }
}

async function signedIn(
  browser: Browser,
  url: string,
  account: string,
  password: string,
  look: OpenOptions,
): Promise<Page> {
  const context = await newContext(browser, url, look)
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`)
  await page.fill('[name=account]', account)
  await page.fill('[name=password]', password)
  await page.click('main button[type=submit]')
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  // Signing in brings the account's own language.
  await context.addCookies([{ name: 'lng', value: look.lng ?? 'zh-CN', url }])
  return page
}

async function ring(simulator: Page, url: string): Promise<void> {
  await simulator.goto(`${url}/simulator`)
  await simulator.fill('form[action="/simulator/calls"] [name=from]', CALLER)
  await simulator.click('form[action="/simulator/calls"] button[type=submit]')
  await simulator.waitForSelector('form[action$="/hang-up"]')
}

/** Saves the request from the operator's desk. @returns the number of its case */
async function register(operator: Page): Promise<string> {
  await operator.fill('[name=place]', '江苏省南通市海门区常乐镇汽车站')
  await operator.fill('[name=phone]', CALLER)
  await operator.fill('[name=text]', '外地务工人员夜间滞留，包被偷，今晚没有住处')
  await operator.keyboard.press('Control+Enter')
  await operator.waitForURL('**/saved')
  const href = await operator.getAttribute('main a[href^="/cases/"]', 'href')
  return href?.split('/')[2] ?? ''
}

async function press(page: Page, step: string): Promise<void> {
  await page.click(`form[action$="/${step}"] button[type=submit]`)
  await page.waitForSelector(`form[action$="/${step}"]`, { state: 'detached' })
}
