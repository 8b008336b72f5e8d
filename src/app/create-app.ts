import type { Express, RequestHandler, Router } from 'express'
import express from 'express'
import { join } from 'node:path'
import { aidApi, aidPages, aidSection } from '../aid/index.ts'
import { hotlineApi, hotlinePages, voiceRoutes } from '../hotline/index.ts'
import { controlApi, controlPages, ledgerApi, ledgerPages, provingApi, provingPages } from '../ledger/index.ts'
import { peopleApi, peoplePages } from '../people/index.ts'
import { webhookGate } from '../platform/telephony/index.ts'
import { noticesApi, noticesPages, toldOnPage } from '../notifications/index.ts'
import { policyApi, policyPages } from '../policy/index.ts'
import { casesApi, casesPages } from '../cases/index.ts'
import { conferenceApi, conferencePages, conferenceSection } from '../conference/index.ts'
import { deadlinesApi } from '../deadlines/index.ts'
import { directoryApi, directoryPages, findActor } from '../directory/index.ts'
import { intakeApi, intakePages } from '../intake/index.ts'
import type { FindActor, PageRouter } from '../platform/http/index.ts'
import { createSessions } from '../platform/http/index.ts'
import { projectRoot } from '../platform/project-root.ts'
import type { Queues } from '../platform/queues/index.ts'
import type { Views } from '../platform/views/index.ts'
import { createViews } from '../platform/views/index.ts'
import { routingApi, routingPages, transferSection } from '../routing/index.ts'
import type { Actor } from '../shared/actor.ts'
import { homePages } from './home-routes.ts'
import { createHttp } from './http.ts'
import { maySeeRoom } from './may-see.ts'
import type { Services } from './services.ts'
import { simulatorPages } from './simulator-routes.ts'
import { testClock } from './test-clock.ts'

/** The web application and what its sockets need. */
export interface App {
  readonly http: Express
  readonly sessions: RequestHandler
  readonly findActor: FindActor
  readonly maySee: (actor: Actor, room: string) => Promise<boolean>
  /** Addresses of all pages as declared, `/cases/:no`. */
  readonly pages: readonly string[]
}

/** Mounts every domain's routes. What is not mounted here cannot be reached. */
export function createApp(services: Services, queues: Pick<Queues, 'ping'>): App {
  const { config, clock, log, redis } = services
  const root = projectRoot()
  const publicDir = join(root, 'dist', 'public')
  const isProduction = config.mode === 'production'
  const views = createViews({
    viewsDir: join(root, 'views'),
    publicDir,
    demo: config.isDemo,
    clock,
    cache: true,
    timeZone: config.timeZone,
    ...(isProduction ? { onMissing: (message: string) => log.warn(message) } : {}),
  })
  const sessions = createSessions(redis, config.appSecret)
  const find = findActor(services)
  const pages = [
    homePages(),
    intakePages(services),
    routingPages(services),
    aidPages(services),
    casesPages(services, [aidSection(services), transferSection(services), conferenceSection(services)]),
    directoryPages(services),
    hotlinePages(services),
    conferencePages(services),
    controlPages(services),
    ledgerPages(services),
    provingPages(services),
    noticesPages(services),
    peoplePages(services),
    policyPages(services),
    ...simulator(services),
  ]
  const http = createHttp({
    platform: services,
    views,
    sessions,
    findActor: find,
    unitName: async (actor) => (await services.units.book(actor.county)).nameOf(actor.unit),
    told: (actor, path, present) => toldOnPage(services, actor, path, present),
    webhooks: [telephonyRouter(services, views)],
    unguarded: services.sharedClock ? [testClock(services, services.sharedClock)] : [],
    api: [
      intakeApi(services),
      casesApi(services),
      routingApi(services),
      aidApi(services),
      deadlinesApi(services),
      directoryApi(services),
      hotlineApi(services),
      conferenceApi(services),
      controlApi(services),
      ledgerApi(services),
      provingApi(services),
      noticesApi(services),
      peopleApi(services),
      policyApi(services),
    ],
    pages: pages.map(({ router }) => router),
    checks: {
      database: () => services.connection.db?.command({ ping: 1 }) ?? Promise.reject(new Error('no database')),
      redis: () => redis.ping(),
      queues: () => queues.ping(),
    },
    publicDir,
  })
  return {
    http,
    sessions,
    findActor: find,
    maySee: maySeeRoom(services),
    pages: pages.flatMap((declared) => declared.pages),
  }
}

/** Webhooks of the exchange, behind its signature. */
function telephonyRouter(services: Services, views: Views): Router {
  const { config, log } = services
  const router = express.Router()
  const origins = [config.publicUrl, `http://127.0.0.1:${config.port}`]
  router.use(...webhookGate({ authToken: config.telephony.authToken, origins, log }))
  router.use(voiceRoutes({ ...services, spoken: views.wordsFor('zh-CN'), publicUrl: config.publicUrl }))
  return router
}

/** The demo's telephone, only where the local exchange stands in. */
function simulator({ config, exchangeControl, hotlines, units }: Services): PageRouter[] {
  if (!config.isDemo || !exchangeControl) return []
  const numbers = async (): Promise<string[]> => {
    const lines = await Promise.all((await units.counties()).map((county) => hotlines.list(county)))
    return lines.flat().map(({ number }) => number)
  }
  return [simulatorPages(exchangeControl, numbers)]
}
