import type { Express, RequestHandler, Router } from 'express'
import express from 'express'
import { join } from 'node:path'
import { pinoHttp } from 'pino-http'
import swaggerUi from 'swagger-ui-express'
import type { ApiRouter, FindActor } from '../platform/http/index.ts'
import {
  actorOf,
  createRateLimit,
  csrfProtection,
  csrfTokenOf,
  describeApi,
  digestCommandsWith,
  fileForms,
  problemHandler,
  securityHeaders,
} from '../platform/http/index.ts'
import type { Presenter, Views } from '../platform/views/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { menuOf } from './menu.ts'
import type { PlatformServices } from './platform-services.ts'

/** Requests a minute of one signed-in person, and of one address where nobody is signed in. Whoever floods is told to wait. */
const REQUESTS_PER_MINUTE = { staff: 20_000, public: 300 }

/** Longest wait for an answer of what we stand on before we call ourselves not ready. Milliseconds. */
const READY_MS = 2_000

export interface HttpNeeds {
  readonly platform: PlatformServices
  readonly views: Views
  readonly sessions: RequestHandler
  readonly findActor: FindActor
  /** Name of a unit as the top bar shows it. */
  readonly unitName: (actor: Actor) => Promise<string>
  /** What somebody was told and has not seen, for the top of a page. */
  readonly told: (actor: Actor, path: string, present: Presenter) => Promise<object>
  /** Webhooks: signed by the exchange, no session. */
  readonly webhooks: readonly Router[]
  /** Tools of test runs, before sessions and CSRF. */
  readonly unguarded: readonly Router[]
  readonly api: readonly ApiRouter[]
  readonly pages: readonly Router[]
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>
  readonly publicDir: string
}

/** Puts the middleware in order, then each domain's routes, then 404 and errors. */
export function createHttp(needs: HttpNeeds): Express {
  const { platform, views } = needs
  const app = express()
  app.disable('x-powered-by')
  digestCommandsWith(app, platform.config.appSecret)
  app.set('trust proxy', platform.config.trustProxy.length > 0 ? [...platform.config.trustProxy] : false)
  views.install(app)

  app.use(healthRoutes(needs))
  app.use(measured(platform))
  app.use('/assets', express.static(join(needs.publicDir), { immutable: true, maxAge: '1y', fallthrough: true }))
  for (const router of needs.unguarded) app.use(router)
  for (const router of needs.webhooks) app.use('/telephony', router)
  app.use((req, res, next) => views.middleware(req, res, next))
  app.use(securityHeaders({ isTls: platform.config.tls !== undefined }))
  app.use(express.urlencoded({ extended: true, limit: '256kb', parameterLimit: 500 }), express.json({ limit: '1mb' }))
  app.use(...fileForms)
  app.use(needs.sessions)
  app.use(signIn(needs.findActor))
  app.use(createRateLimit(platform.redis, 'all', REQUESTS_PER_MINUTE))
  app.use(csrfProtection)
  app.use('/api/v1', apiRoutes(needs))
  app.use(pageGlobals(needs))
  for (const router of needs.pages) app.use(router)
  app.use((_req, _res, next) => next(new DomainError('page.not_found', 'There is nothing at this address')))
  app.use(problemHandler({ words: errorWords(views), log: platform.log }))
  return app
}

/** Alive, ready, and numbers for the machine room. None of them needs a session. */
function healthRoutes({ checks, platform }: HttpNeeds): Router {
  const router = express.Router()
  router.get('/healthz', (_req, res) => void res.json({ alive: true }))
  router.get('/readyz', async (_req, res) => {
    const states = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await answersInTime(check)] as const),
    )
    res.status(states.every(([, isReady]) => isReady) ? 200 : 503).json(Object.fromEntries(states))
  })
  router.get('/metrics', async (req, res) => {
    if (!isLoopback(req.socket.remoteAddress))
      throw new DomainError('metrics.forbidden', 'Metrics are for this machine only')
    res.type(platform.metrics.registry.contentType).send(await platform.metrics.registry.metrics())
  })
  return router
}

/** Redis answers nothing at all while it is away, so each check has its time. */
function answersInTime(check: () => Promise<unknown>): Promise<boolean> {
  const tooLate = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), READY_MS).unref())
  const answered = check().then(
    () => true,
    () => false,
  )
  return Promise.race([answered, tooLate])
}

function isLoopback(address = ''): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
}

/** One log line and one measurement per request, called by what the route says it is; a refusal is kept with its code, also in service. */
function measured({ log, metrics }: PlatformServices): RequestHandler {
  const logged = pinoHttp({
    logger: log,
    serializers: {
      req: (req: { method: string; url: string }) => ({ method: req.method, url: req.url.split('?')[0] }),
      res: () => undefined,
    },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : res.statusCode >= 400 ? 'info' : 'debug'),
    customProps: (_req, res) => {
      const { locals } = res as unknown as { locals: { audit?: string; actor?: Actor; refusal?: string } }
      const { audit, actor, refusal } = locals
      return { audit, staffId: actor?.staffId, status: res.statusCode, ...(refusal === undefined ? {} : { refusal }) }
    },
  })
  return (req, res, next) => {
    const end = metrics.requests.startTimer({ method: req.method })
    res.once('finish', () => end({ audit: String(res.locals['audit'] ?? 'none'), status: String(res.statusCode) }))
    logged(req, res, next)
  }
}

function signIn(findActor: FindActor): RequestHandler {
  return async (req, res, next) => {
    const found = await findActor(req)
    if (found) Object.assign(res.locals, { actor: found.actor, signInKind: found.by })
    next()
  }
}

function apiRoutes({ api }: HttpNeeds): Router {
  const router = express.Router()
  const document = describeApi(
    api.flatMap(({ routes }) => routes),
    '1',
  )
  router.get('/openapi.json', (_req, res) => void res.json(document))
  router.use('/docs', swaggerUi.serve, swaggerUi.setup(document as Record<string, unknown>))
  api.forEach((domain) => router.use(domain.router))
  return router
}

/** What the frame of every page needs: who is signed in, the menu, the tokens. */
function pageGlobals({ unitName, told }: HttpNeeds): RequestHandler {
  return async (req, res, next) => {
    const actor = actorOf(res)
    const view = res.locals['view'] as Record<string, unknown>
    view['nonce'] = res.locals['nonce']
    view['csrfToken'] = csrfTokenOf(req)
    if (actor.kind === 'staff') {
      view['told'] = await told(actor, req.path, presenterOf(res))
      view['actor'] = {
        account: actor.account,
        name: actor.name,
        unit: await unitName(actor),
        menu: menuOf(actor, req.path, res.locals['t'] as (key: string) => string),
      }
    }
    next()
  }
}

/** The catalogues' words for an error code: `case.not_yours` stands in `cases.json` … under `errors.case_not_yours`. */
function errorWords(views: Views) {
  return (lng: 'zh-CN' | 'en', code: string, params: Readonly<Record<string, unknown>> = {}): string => {
    const words = views.wordsFor(lng)
    if (code.includes(':')) return words(code)
    const key = views.words.errorKey(code)
    return key ? words(key, params) : code
  }
}
