import type { ErrorRequestHandler, Request, Response } from 'express'
import { DomainError, statusOfCode } from '../../shared/errors.ts'

/** RFC 9457 problem document with a stable code and the detail in both languages. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly detailZh: string
  readonly detailEn: string
  readonly instance: string
  readonly errors?: readonly {
    readonly field: string
    readonly code: string
    readonly detailZh: string
    readonly detailEn: string
  }[]
  readonly [extension: string]: unknown
}

/** Finds the words of an error code or message key in a language. */
export type ErrorWords = (lng: 'zh-CN' | 'en', code: string, params?: Readonly<Record<string, unknown>>) => string

interface ProblemNeeds {
  readonly words: ErrorWords
  readonly log: { error(details: object, message: string): void; info(details: object, message: string): void }
}

/** Turns whatever a handler threw into an answer: a problem document for the API, a page for people. */
export function problemHandler({ words, log }: ProblemNeeds): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error)
      return
    }
    const refusal = refusalOf(error)
    if (refusal.code === 'internal') log.error({ err: error, path: req.path }, 'request failed')
    const problem = problemOf(refusal, req, words)
    res.locals['refusal'] = refusal.code
    if (problem.status === 429) res.set('Retry-After', String(retryAfterSeconds(refusal)))
    if (wantsJson(req)) res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
    else showPage(req, res, problem)
  }
}

/** What was thrown, as a code a person can be told. */
function refusalOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const { type, code, status } = error as { type?: string; code?: string; status?: number }
  if (code === 'EBADCSRFTOKEN') return new DomainError('csrf.forbidden', 'The form is from an older session')
  if (type === 'entity.too.large') return new DomainError('request.too_large', 'The request is too large')
  if (type === 'entity.parse.failed' || status === 400)
    return new DomainError('request.unreadable', 'The request cannot be read')
  return new DomainError('internal', 'Something went wrong on our side')
}

const OWN_STATUS: Readonly<Record<string, number>> = {
  internal: 500,
  'request.too_large': 413,
  'request.unreadable': 400,
}

function problemOf(refusal: DomainError, req: Request, words: ErrorWords): Problem {
  const { code, details } = refusal
  const { errors, ...extensions } = details
  const detailZh = words('zh-CN', code, extensions)
  const detailEn = words('en', code, extensions)
  const language = req.acceptsLanguages('zh', 'zh-CN', 'en') === 'en' ? 'en' : 'zh-CN'
  return {
    ...extensions,
    type: `/problems/${code}`,
    title: code,
    status: OWN_STATUS[code] ?? statusOfCode(code),
    code,
    detail: language === 'en' ? detailEn : detailZh,
    detailZh,
    detailEn,
    instance: req.originalUrl,
    ...(errors ? { errors: fieldProblems(errors as Record<string, string>, words) } : {}),
  }
}

function fieldProblems(errors: Readonly<Record<string, string>>, words: ErrorWords): NonNullable<Problem['errors']> {
  return Object.entries(errors).map(([field, code]) => ({
    field,
    code,
    detailZh: words('zh-CN', code),
    detailEn: words('en', code),
  }))
}

function wantsJson(req: Request): boolean {
  return req.originalUrl.startsWith('/api/') || req.accepts(['html', 'json']) === 'json'
}

function showPage(req: Request, res: Response, problem: Problem): void {
  if (problem.status === 401) {
    res.redirect(303, `/sign-in?next=${encodeURIComponent(req.method === 'GET' ? req.originalUrl : '/')}`)
    return
  }
  const back = req.get('referer') ?? '/'
  res.status(problem.status).render('errors/problem', { problem, back })
}

function retryAfterSeconds(refusal: DomainError): number {
  const ms = Number(refusal.details['retryAfterMs'] ?? 1000)
  return Math.max(1, Math.ceil(ms / 1000))
}
