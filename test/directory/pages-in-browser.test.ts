import { expect } from 'chai'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import type { Browser, BrowserContext } from 'playwright-core'
import { seedDirectory } from '../../scripts/demo/staff.ts'
import { addAbsence } from '../../src/directory/roster/add-absence.ts'
import { handOverShift } from '../../src/directory/roster/hand-over-shift.ts'
import { askReset } from '../../src/directory/sign-in/reset-account.ts'
import { axe, newContext, scrollsSideways, startBrowser } from '../support/browsers.ts'
import { freshCounty } from '../support/database.ts'
import { directoryWeb } from './support/directory-web.ts'
import type { DirectoryWorld } from './support/directory-world.ts'
import { directoryWorld } from './support/directory-world.ts'

describe('Directory - pages in a browser', () => {
  let world: DirectoryWorld
  let server: Server
  let url: string
  let browser: Browser
  let county: string
  let paths: string[]
  const password = 'Demo-Passwort-2026'
  const pictures = process.env['PICTURES_DIR']

  before(async () => {
    world = await directoryWorld()
    county = freshCounty()
    await seedDirectory(world, { county, profile: 'HM-TEST', passwordOf: () => password })
    const { app } = await directoryWeb(world)
    server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await startBrowser()

    const people = await world.staff.book(county)
    const by = (account: string) =>
      world.by(people.all.find((person) => person.account === `${county}-${account}`) as never)
    const officer = by('D-常乐').actor.staffId
    const unit = `${county}103`
    const from = world.clock.now()
    await addAbsence(world, { unit, staffId: officer, from, to: new Date(from.getTime() + 3_600_000) }, by('D-常乐'))
    await handOverShift(world, { unit, text: '明早有人来取药，请留意。' }, by('B-常乐'))
    await askReset(world, { staffId: officer, kind: 'both' }, by('ADM2'))
    paths = [
      '/me',
      '/admin',
      '/admin/units',
      '/admin/units/new',
      `/admin/units/${unit}`,
      '/admin/staff',
      '/admin/staff/new',
      `/admin/staff/${officer}`,
      '/admin/windows',
      `/admin/windows/${unit}-window`,
      '/admin/hotlines',
      `/admin/hotlines/${county}-line`,
      '/admin/resets',
      '/roster',
      `/roster/${unit}`,
      `/roster/${county}-hotline`,
    ]
  })

  after(async () => {
    await browser.close()
    server.close()
  })

  const signedIn = async (lng: 'zh-CN' | 'en', width: 'phone' | 'desk'): Promise<BrowserContext> => {
    const context = await newContext(browser, url, { lng, width })
    const page = await context.newPage()
    await page.goto(`${url}/sign-in`)
    expect(await axe(page), `/sign-in ${lng}`).to.deep.equal([])
    expect(await scrollsSideways(page), `/sign-in ${lng}`).to.equal(false)
    if (pictures) await page.screenshot({ path: `${pictures}/sign-in-${lng}-${width}.png`, fullPage: true })
    await page.keyboard.type(`${county}-ADM`)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
    await context.addCookies([{ name: 'lng', value: lng, url }])
    await page.close()
    return context
  }

  for (const [lng, width] of [
    ['zh-CN', 'phone'],
    ['en', 'desk'],
  ] as const)
    it(`can be used by everybody, in ${lng} on a ${width}`, async () => {
      const context = await signedIn(lng, width)
      const faults: string[] = []
      for (const path of paths) {
        const page = await context.newPage()
        const answer = await page.goto(url + path)
        if (answer?.status() !== 200) faults.push(`${path}: ${answer?.status() ?? 'no answer'}`)
        faults.push(...(await axe(page)).map((fault) => `${path}: ${fault}`))
        if (await scrollsSideways(page)) faults.push(`${path}: scrolls sideways`)
        const name = path.slice(1).replaceAll('/', '-').replaceAll(county, '').slice(0, 30)
        if (pictures) await page.screenshot({ path: `${pictures}/${name}-${lng}-${width}.png`, fullPage: true })
        await page.close()
      }
      await context.close()
      expect(faults).to.deep.equal([])
    }).timeout(120_000)
})
