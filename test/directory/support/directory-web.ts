import { load } from 'cheerio'
import type { CheerioAPI } from 'cheerio'
import { join } from 'node:path'
import express from 'express'
import type { Express } from 'express'
import supertest from 'supertest'
import { createHttp } from '../../../src/app/http.ts'
import { homePages } from '../../../src/app/home-routes.ts'
import type { PlatformServices } from '../../../src/app/platform-services.ts'
import { buildAssets } from '../../../scripts/build-assets.ts'
import { directoryApi, directoryPages, findActor } from '../../../src/directory/index.ts'
import { createSessions } from '../../../src/platform/http/index.ts'
import { createLog } from '../../../src/platform/log.ts'
import { createMetrics } from '../../../src/platform/metrics.ts'
import { projectRoot } from '../../../src/platform/project-root.ts'
import { createViews } from '../../../src/platform/views/index.ts'
import { testStores } from '../../support/database.ts'
import type { DirectoryWorld } from './directory-world.ts'
import { PASSWORD } from './directory-world.ts'

/** A page as somebody got it. */
export interface Seen {
  readonly status: number
  readonly location: string | undefined
  readonly cookies: readonly string[]
  readonly $: CheerioAPI
  /** What a person reads. */
  readonly text: string
}

/** Somebody with a browser. */
export interface Visitor {
  get(path: string): Promise<Seen>
  /** Fills in the form with that action on a page and sends it, hidden fields and all. */
  submit(path: string, action: string, fields?: Record<string, string | string[]>): Promise<Seen>
  /** Sends fields as they are. */
  post(path: string, fields: Record<string, string | string[]>): Promise<Seen>
  /** Follows where the last answer led. */
  follow(seen: Seen): Promise<Seen>
  signIn(account: string, password?: string, next?: string): Promise<Seen>
}

/** The product's web application with the directory's pages and API in it. */
export interface DirectoryWeb {
  readonly app: Express
  visitor(): Visitor
  api: ReturnType<typeof supertest>
}

export async function directoryWeb(world: DirectoryWorld): Promise<DirectoryWeb> {
  await buildAssets()
  const { redis } = await testStores()
  const publicDir = join(projectRoot(), 'dist', 'public')
  const views = createViews({
    viewsDir: join(projectRoot(), 'views'),
    publicDir,
    demo: true,
    clock: world.clock,
    cache: true,
  })
  const platform = {
    config: { trustProxy: [], tls: undefined, appSecret: 'a-secret-for-tests-of-32-characters' },
    log: createLog('silent'),
    metrics: createMetrics(),
    redis,
  } as unknown as PlatformServices
  const app = createHttp({
    platform,
    views,
    sessions: createSessions(redis, 'a-secret-for-tests-of-32-characters'),
    findActor: findActor(world),
    unitName: async (actor) => (await world.units.book(actor.county)).nameOf(actor.unit),
    told: () => Promise.resolve({}),
    webhooks: [express.Router()],
    unguarded: [],
    api: [directoryApi(world)],
    pages: [homePages().router, directoryPages(world).router],
    checks: {},
    publicDir,
  })
  return { app, visitor: () => visitorOf(app), api: supertest(app) }
}

function visitorOf(app: Parameters<typeof supertest.agent>[0]): Visitor {
  const agent = supertest.agent(app)
  const visitor: Visitor = {
    get: async (path) => seen(await agent.get(path).set('Accept', 'text/html')),
    post: async (path, fields) => seen(await agent.post(path).type('form').set('Accept', 'text/html').send(fields)),
    async submit(path, action, fields = {}) {
      const { $ } = await visitor.get(path)
      const form = $(`form[action="${action}"]`)
      if (form.length === 0) throw new Error(`No form ${action} on ${path}: ${$('main').text().slice(0, 300)}`)
      const hidden = Object.fromEntries(
        form
          .find('input[type=hidden]')
          .toArray()
          .map((input) => [$(input).attr('name') ?? '', $(input).attr('value') ?? '']),
      )
      return visitor.post(action, { ...hidden, ...fields })
    },
    follow: async ({ location }) => visitor.get(location ?? '/nowhere'),
    signIn: (account, password = PASSWORD, next) =>
      visitor.submit(next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in', '/sign-in', {
        account,
        password,
      }),
  }
  return visitor
}

function seen(response: supertest.Response): Seen {
  const $ = load(response.text)
  return {
    status: response.status,
    location: response.headers['location'],
    cookies: (response.headers['set-cookie'] as unknown as string[] | undefined) ?? [],
    $,
    text: $('body').text().replace(/\s+/g, ' '),
  }
}
