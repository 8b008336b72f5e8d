import type { Request, Response, Router } from 'express'
import express from 'express'
import type { ZodType } from 'zod'
import type { Actor, By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { commandOf, versionOf } from './command.ts'
import { parseForm } from './forms.ts'
import type { Guard } from './guard.ts'
import { refuseUnlessAllowed } from './refuse.ts'
import { actorOf } from './request-actor.ts'

/** What a route of the JSON API declares on the line of its path. The same schemas check the request and describe it in OpenAPI. */
export interface ApiRoute<Params, Query, Body> {
  readonly summary: string
  readonly guard: Guard
  /** What the access log calls it. */
  readonly audit: string
  readonly params?: ZodType<Params>
  readonly query?: ZodType<Query>
  readonly body?: ZodType<Body>
  readonly answer?: ZodType
  /** 200 unless said; 201 for what is created. */
  readonly status?: number
  /** Demands `If-Match`. */
  readonly versioned?: boolean
  /** True for a POST that changes nothing (a calculation): no idempotency key is asked for. */
  readonly isQuestion?: boolean
}

/** What a handler of the API works with. */
export interface ApiContext<Params, Query, Body> {
  readonly actor: Actor
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** The command of a write. Asking for it on a read is a mistake. */
  readonly by: By
  readonly version: number | undefined
  readonly req: Request
  readonly res: Response
}

export type ApiMethod = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** A route as declared, for OpenAPI and for the test that walks all routes. */
export interface DeclaredRoute extends ApiRoute<unknown, unknown, unknown> {
  readonly method: ApiMethod
  readonly path: string
}

type Declare = <Params = Record<string, string>, Query = Record<string, string>, Body = undefined>(
  path: string,
  route: ApiRoute<Params, Query, Body>,
  handle: (context: ApiContext<Params, Query, Body>) => Promise<unknown>,
) => void

/** A router on which a route without a guard cannot be written. Paths are relative to `/api/v1`. */
export type ApiRouter = Record<ApiMethod, Declare> & {
  readonly router: Router
  readonly routes: readonly DeclaredRoute[]
}

/** Makes the router of one domain's JSON routes. */
export function createApiRouter(): ApiRouter {
  const router = express.Router()
  const routes: DeclaredRoute[] = []

  const declare =
    (method: ApiMethod): Declare =>
    (path, route, handle) => {
      routes.push({ ...(route as ApiRoute<unknown, unknown, unknown>), method, path })
      router[method](path, async (req: Request, res: Response) => {
        refuseUnlessAllowed(route.guard, actorOf(res))
        res.locals['audit'] = route.audit
        const answer = await handle(contextOf(method, route, req, res))
        if (res.headersSent) return
        res.status(answer === undefined ? 204 : (route.status ?? 200))
        if (answer === undefined) res.end()
        else res.json(withETag(res, answer))
      })
    }

  return {
    router,
    routes,
    get: declare('get'),
    post: declare('post'),
    put: declare('put'),
    patch: declare('patch'),
    delete: declare('delete'),
  }
}

function contextOf<Params, Query, Body>(
  method: ApiMethod,
  route: ApiRoute<Params, Query, Body>,
  req: Request,
  res: Response,
): ApiContext<Params, Query, Body> {
  const actor = actorOf(res)
  const isWrite = method !== 'get' && !route.isQuestion
  const body = valid(route.body, req.body) as Body
  const command = isWrite
    ? commandOf(req, actor, req.body, () => void res.set('Idempotency-Replayed', 'true'))
    : undefined
  return {
    actor,
    params: valid(route.params, req.params) as Params,
    query: valid(route.query, req.query) as Query,
    body,
    get by() {
      if (!command) throw new Error('A read has no command')
      return command
    },
    version: isWrite ? versionOf(req, route.versioned ?? false) : undefined,
    req,
    res,
  }
}

/** @throws DomainError `form.invalid` with a message key per field */
function valid(schema: ZodType | undefined, given: unknown): unknown {
  if (!schema) return given
  const result = parseForm(schema, given ?? {})
  if (result.ok) return result.values
  throw new DomainError('form.invalid', 'Some fields are wrong', { errors: result.errors })
}

/** A versioned answer names its version in `ETag`. */
function withETag(res: Response, answer: unknown): unknown {
  const version = (answer as { version?: unknown } | null)?.version
  if (typeof version === 'number') res.set('ETag', `"${version}"`)
  return answer
}
