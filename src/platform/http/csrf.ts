import { csrfSync } from 'csrf-sync'
import type { Request, RequestHandler } from 'express'

const { csrfSynchronisedProtection, generateToken } = csrfSync({
  getTokenFromRequest: (req) => req.get('x-csrf-token') ?? (req.body as { _csrf?: string } | undefined)?._csrf ?? '',
})

/**
 * Refuses a write that comes with a session but without the session's token. A bearer token is sent on purpose and needs none; nor does
 * a call of the API that brings no cookie at all, for then nobody's session can be abused.
 */
export const csrfProtection: RequestHandler = (req, res, next) => {
  const isBare = req.path.startsWith('/api/v1/') && req.headers.cookie === undefined
  if (res.locals['signInKind'] === 'token' || isBare) next()
  else csrfSynchronisedProtection(req, res, next)
}

/** The token of this session, for forms and scripts. */
export function csrfTokenOf(req: Request): string {
  return generateToken(req)
}
