import type { AxeResults, RunOptions } from 'axe-core'
import axeCore from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { findChromium } from '../../scripts/local-services/index.ts'

/** Widths a page is looked at: a phone, a tablet, a desk. CSS pixels. */
export const WIDTHS = { phone: 360, tablet: 768, desk: 1440 } as const

export type Width = keyof typeof WIDTHS

/** How a page is opened. */
export interface OpenOptions {
  readonly width?: Width
  readonly lng?: 'zh-CN' | 'en'
  readonly night?: boolean
  readonly large?: boolean
  readonly javaScript?: boolean
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts Debian's chromium with an empty profile; close it when done.
 *
 * @throws Error with the cure when there is none
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = await findChromium()
  if (!executablePath) throw new Error('No chromium: set CHROMIUM to its path or install the package chromium')
  return chromium.launch({ executablePath, headless: true, args: FLAGS })
}

let shared: Promise<Browser> | undefined

/** The one browser of a test run; tests close their pages' contexts, the browser ends with the process. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= startBrowser()
  return shared
}

/** Opens an address as somebody with that screen, language and look. The caller closes the page's context. */
export async function openPage(browser: Browser, url: string, options: OpenOptions = {}): Promise<Page> {
  const context = await newContext(browser, url, options)
  const page = await context.newPage()
  const complaints: string[] = []
  complaintsByPage.set(page, complaints)
  page.on('console', (message) => {
    if (/^(error|warning)$/.test(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  return page
}

/** What the browser complained about since the page was opened: script errors, refused styles, missing files. */
export function complaintsOf(page: Page): readonly string[] {
  return complaintsByPage.get(page) ?? []
}

const complaintsByPage = new WeakMap<Page, string[]>()

/** A browser context with the preferences as cookies, so that the address stays as it is. */
export async function newContext(browser: Browser, url: string, options: OpenOptions = {}): Promise<BrowserContext> {
  const width = options.width ?? 'desk'
  const context = await browser.newContext({
    viewport: { width: WIDTHS[width], height: width === 'phone' ? 740 : 900 },
    hasTouch: width === 'phone',
    javaScriptEnabled: options.javaScript ?? true,
    locale: options.lng ?? 'zh-CN',
  })
  await context.addCookies([
    { name: 'lng', value: options.lng ?? 'zh-CN', url },
    { name: 'night', value: options.night ? '1' : '0', url },
    { name: 'text', value: options.large ? 'large' : 'normal', url },
  ])
  return context
}

/** What axe finds wrong with the page as it stands, one line each; empty when nothing. WCAG 2.2 A and AA and good practice. */
export async function axe(page: Page): Promise<string[]> {
  return complaints(page, {})
}

/** Texts whose contrast with their ground is below 7:1, one line each. WCAG AAA. */
export async function lowContrast(page: Page): Promise<string[]> {
  return complaints(page, { runOnly: { type: 'rule', values: ['color-contrast-enhanced'] } })
}

/** Runs axe in the page itself: no page has frames, and looking for them takes three times as long as looking at the page. */
async function complaints(page: Page, options: RunOptions): Promise<string[]> {
  await page.evaluate(axeCore.source)
  const look = `axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })})`
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(
    `${look}.then(({ violations }) => ({ violations }))`,
  )
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`))
}

/** Whether anything on the page reaches beyond its width, which would make it scroll sideways. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}
