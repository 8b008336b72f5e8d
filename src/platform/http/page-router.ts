import type { Request, Response, Router } from 'express'
import express from 'express'
import type { ZodType } from 'zod'
import type { Actor, By } from '../../shared/actor.ts'
import { DomainError, statusOfCode } from '../../shared/errors.ts'
import { commandOf, versionOf } from './command.ts'
import type { FormResult } from './forms.ts'
import { parseForm } from './forms.ts'
import type { Guard } from './guard.ts'
import { refuseUnlessAllowed } from './refuse.ts'
import { actorOf } from './request-actor.ts'

/** What a handler of a page answers: a view to show, or where to go next. */
export type PageAnswer =
  | { readonly view: string; readonly model: object; readonly status?: number; readonly layout?: string }
  | { readonly redirect: string; readonly flash?: Flash }
  | { readonly sent: true }

/** Said once on the next page. `key` stands in the catalogues. */
export interface Flash {
  readonly key: string
  readonly tone?: 'done' | 'notice' | 'problem'
  readonly params?: Readonly<Record<string, string | number>>
}

export interface PageRoute {
  readonly guard: Guard
  /** What the access log calls it. */
  readonly audit: string
}

export interface FormRoute<Values> extends PageRoute {
  readonly form: ZodType<Values>
}

export interface PageContext {
  readonly actor: Actor
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly req: Request
  readonly res: Response
}

export interface FormContext<Values> extends PageContext {
  readonly form: FormResult<Values>
  /** The command the page made before its first attempt. */
  readonly by: By
  readonly version: number | undefined
}

/** A router of pages on which a route without a guard cannot be written. */
export interface PageRouter {
  readonly router: Router
  /** Addresses of its pages as declared, `/cases/:no`. */
  readonly pages: readonly string[]
  get(path: string, route: PageRoute, show: (context: PageContext) => Promise<PageAnswer>): void
  /**
   * A form. A rule's "no" (`DomainError`) goes to `refused` when given, which usually shows the form again with the reason; otherwise to
   * the page that explains refusals.
   */
  post<Values>(
    path: string,
    route: FormRoute<Values>,
    submit: (context: FormContext<Values>) => Promise<PageAnswer>,
    refused?: (error: DomainError, context: FormContext<Values>) => Promise<PageAnswer>,
  ): void
}

/** Makes the router of one domain's pages. */
export function createPageRouter(): PageRouter {
  const router = express.Router()
  const pages: string[] = []
  return {
    router,
    pages,
    get(path, route, show) {
      pages.push(path)
      router.get(path, async (req, res) => {
        enter(route, res)
        send(req, res, await show(contextOf(req, res)))
      })
    },
    post(path, route, submit, refused) {
      router.post(path, async (req, res) => {
        enter(route, res)
        const context = formContextOf(route.form, req, res)
        const answer = await submit(context).catch(async (error: unknown) => {
          if (!refused || !isRefusal(error)) throw error
          const shown = await refused(error, context)
          return 'view' in shown ? { status: statusOfCode(error.code), ...shown } : shown
        })
        send(req, res, answer)
      })
    },
  }
}

function enter(route: PageRoute, res: Response): void {
  refuseUnlessAllowed(route.guard, actorOf(res))
  res.locals['audit'] = route.audit
}

function isRefusal(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code !== 'auth.required'
}

function contextOf(req: Request, res: Response): PageContext {
  const texts = (values: object): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  return { actor: actorOf(res), params: texts(req.params), query: texts(req.query), req, res }
}

function formContextOf<Values>(schema: ZodType<Values>, req: Request, res: Response): FormContext<Values> {
  const context = contextOf(req, res)
  return {
    ...context,
    form: parseForm(schema, req.body),
    by: commandOf(req, context.actor, req.body, () => undefined),
    version: versionOf(req, false),
  }
}

function send(req: Request, res: Response, answer: PageAnswer): void {
  if ('sent' in answer) return
  if ('redirect' in answer) {
    if (answer.flash) req.session.flash = answer.flash
    res.redirect(303, answer.redirect)
    return
  }
  const { view, model, status, layout } = answer
  res.status(status ?? 200)
  res.render(view, { ...takeFlash(req), ...(layout ? { layout } : {}), ...model })
}

/** What the last action left to say is said once. */
function takeFlash(req: Request): { readonly flash?: Flash } {
  const { flash } = req.session
  if (!flash) return {}
  delete req.session.flash
  return { flash }
}
