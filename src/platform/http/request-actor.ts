import type { Request, Response } from 'express'
import type { Actor } from '../../shared/actor.ts'

/** Nobody in particular. Has no role, so only what is open to everyone is open to it. */
export const PUBLIC_ACTOR: Actor = {
  kind: 'public',
  staffId: 'public',
  account: '',
  name: '',
  county: '',
  unit: '',
  roles: [],
}

/** How the request proved who it is. A bearer token is sent on purpose, so it needs no CSRF token. */
export type SignInKind = 'session' | 'token' | 'none'

/** Finds who sends a request: by session or bearer token. */
export type FindActor = (req: Request) => Promise<{ readonly actor: Actor; readonly by: SignInKind } | undefined>

/** Who sends this request, as found by the sign-in middleware. */
export function actorOf(res: Response): Actor {
  return (res.locals['actor'] as Actor | undefined) ?? PUBLIC_ACTOR
}
