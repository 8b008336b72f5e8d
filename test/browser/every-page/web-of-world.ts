import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext, Browser } from 'playwright-core'
import { buildAssets } from '../../../scripts/build-assets.ts'
import { createApp } from '../../../src/app/create-app.ts'
import { startSockets } from '../../../src/app/sockets.ts'
import { newId } from '../../../src/shared/ids.ts'
import type { World } from '../../support/world.ts'
import { startPhones } from '../../support/phones.ts'

/** The product's web process over a story's world, with a local exchange beside it. */
export interface WebOfWorld {
  readonly url: string
  /** Addresses of all pages as the routers declare them. */
  readonly pages: readonly string[]
  /** Templates shown since the start: `cases/case`. */
  readonly shown: ReadonlySet<string>
  close(): Promise<void>
}

export async function startWebOfWorld({ services }: World): Promise<WebOfWorld> {
  await buildAssets()
  const { accountSid, authToken } = services.config.telephony
  const phones = await startPhones({ accountSid, authToken, numbers: [], log: services.log })
  const app = createApp({ ...services, exchangeControl: phones.control }, { ping: () => Promise.resolve() })
  const shown = noteViews(app.http)
  const server = createServer(app.http)
  const io = await startSockets(server, { platform: services, ...app })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    pages: app.pages,
    shown,
    close: async () => {
      await io.close()
      await phones.stop()
    },
  }
}

/** Writes down which templates the application shows. */
function noteViews(http: ReturnType<typeof createApp>['http']): Set<string> {
  const shown = new Set<string>()
  const render = http.render.bind(http) as (name: string, ...rest: unknown[]) => void
  Object.assign(http, {
    render: (name: string, ...rest: unknown[]) => {
      shown.add(name)
      render(name, ...rest)
    },
  })
  return shown
}

/**
 * Signs somebody in as far as the password brings them.
 *
 * @returns the cookies of the session
 */
export async function sessionOf(
  browser: Browser,
  url: string,
  account: string,
  password: string,
): Promise<Awaited<ReturnType<BrowserContext['cookies']>>> {
  const context = await browser.newContext()
  const form = await (await context.request.get(`${url}/sign-in`)).text()
  const csrf = /name="_csrf" value="([^"]+)"/.exec(form)?.[1] ?? ''
  const answer = await context.request.post(`${url}/sign-in`, {
    form: { _csrf: csrf, _key: newId(), account, password },
    maxRedirects: 0,
  })
  if (answer.status() !== 303) throw new Error(`${account} could not sign in: ${answer.status()}`)
  const cookies = (await context.cookies()).filter(({ name }) => name !== 'lng')
  await context.close()
  return cookies
}
