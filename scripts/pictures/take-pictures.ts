import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { newContext, startBrowser, WIDTHS } from '../../test/support/browsers.ts'
import type { Width } from '../../test/support/browsers.ts'
import type { PicturePage } from './pages.ts'

export interface TakePicturesOptions {
  readonly url: string
  /** Password of the demo accounts, where pages want one signed in. */
  readonly password?: string
  readonly pages: readonly PicturePage[]
  readonly outDir: string
}

const LANGUAGES = ['zh-CN', 'en'] as const

/** Takes each page in each language and width: `<name>.<language>.<width>.png`. Goes on when a page fails, and says so at the end. */
export async function takePictures(options: TakePicturesOptions): Promise<void> {
  await mkdir(options.outDir, { recursive: true })
  const browser = await startBrowser()
  const failed: string[] = []
  for (const lng of LANGUAGES) {
    for (const width of Object.keys(WIDTHS) as Width[]) {
      for (const [account, pages] of byAccount(options.pages)) {
        const context = await signedInContext(browser, options, { lng, width }, account)
        for (const page of pages) {
          const file = join(options.outDir, `${page.name}.${lng}.${WIDTHS[width]}.png`)
          await takeOne(context, { url: options.url, width: WIDTHS[width], file }, page).catch((error: unknown) =>
            failed.push(`${file}: ${String(error)}`),
          )
        }
        await context.close()
      }
    }
  }
  await browser.close()
  console.log(
    `${options.outDir}: ${options.pages.length * LANGUAGES.length * Object.keys(WIDTHS).length - failed.length}`,
  )
  if (failed.length > 0) throw new Error(failed.join('\n'))
}

async function takeOne(
  context: BrowserContext,
  { url, width, file }: { readonly url: string; readonly width: number; readonly file: string },
  { path, act }: PicturePage,
): Promise<void> {
  const page = await context.newPage()
  try {
    await page.goto(url + path)
    await act?.(page)
    await page.waitForLoadState('networkidle')
    // As tall as the page, so that what sticks to the bottom of the screen stands at its end and covers nothing.
    const height = Number(await page.evaluate('document.documentElement.scrollHeight'))
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: file })
  } finally {
    await page.close()
  }
}

/** Signs in once for all pages of an account. */
async function signedInContext(
  browser: Browser,
  { url, password }: TakePicturesOptions,
  look: { readonly lng: (typeof LANGUAGES)[number]; readonly width: Width },
  account: string,
): Promise<BrowserContext> {
  const context = await newContext(browser, url, look)
  if (account === '') return context
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`)
  await page.fill('[name=account]', account)
  await page.fill('[name=password]', password ?? '')
  await page.click('main button[type=submit]')
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  await page.close()
  return context
}

function byAccount(pages: readonly PicturePage[]): Map<string, PicturePage[]> {
  const found = new Map<string, PicturePage[]>()
  for (const page of pages) found.set(page.account ?? '', [...(found.get(page.account ?? '') ?? []), page])
  return found
}
