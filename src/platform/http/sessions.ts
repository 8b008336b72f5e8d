import { RedisStore } from 'connect-redis'
import type { RequestHandler } from 'express'
import session from 'express-session'
import type { Redis } from 'ioredis'
import type { Flash } from './page-router.ts'

declare module 'express-session' {
  interface SessionData {
    /** Who signed in. */
    staffId?: string
    county?: string
    /** The staff record's sign-in generation; raising it there ends all sessions. */
    generation?: number
    flash?: Flash
  }
}

/** A night shift and a bit. Milliseconds. */
const LIFETIME_MS = 14 * 3_600_000

/** Name of the session cookie. */
export const SESSION_COOKIE = 'jjn.sid'

/** Sessions kept in Redis; the cookie is secure whenever the connection is. */
export function createSessions(redis: Redis, secret: string): RequestHandler {
  return session({
    name: SESSION_COOKIE,
    secret,
    store: new RedisStore({ client: redis, prefix: 'session:', ttl: LIFETIME_MS / 1000, disableTouch: false }),
    resave: false,
    saveUninitialized: false,
    rolling: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: LIFETIME_MS },
  })
}
