import type { FindActor } from '../../platform/http/index.ts'
import type { Actor } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Colleague } from '../staff/staff-book.ts'
import type { StaffStore } from '../staff/staff-store.ts'
import { isValidAt } from '../validity.ts'
import { SIGNED_IN_MS } from './session-data.ts'
import { isTokenGood, readTokenText } from './token.ts'
import type { ApiToken } from './token.ts'
import type { TokenStore } from './token-store.ts'

export interface FindActorServices {
  readonly staff: StaffStore
  readonly tokens: TokenStore
  readonly clock: Clock
}

type Request = Parameters<FindActor>[0]

/** How long a token that was looked up is believed. Milliseconds of real time. */
const TOKEN_MS = 2_000

/** Most tokens remembered; past that all are looked up anew. */
const MAX_REMEMBERED = 5_000

/**
 * Makes the question "who sends this request?": the session, or `Authorization: Bearer …`, which then counts alone.
 *
 * The staff of a county is kept in memory for two seconds, so a page usually costs no query. Whoever left, or whose sign-in generation was
 * raised, is nobody from then on: at once in the process that did it, within two seconds in the others.
 */
export function findActor(services: FindActorServices): FindActor {
  const { staff, clock } = services
  const findToken = rememberTokens(services)

  return async (req) => {
    const authorization = req.get('authorization')
    return authorization === undefined ? bySession(req) : byToken(authorization)
  }

  async function bySession(req: Request): ReturnType<FindActor> {
    // The session is absent where no session middleware runs (health, webhooks).
    const { staffId, county, generation, signedInAt } = (req.session as typeof req.session | undefined) ?? {}
    if (staffId === undefined || county === undefined) return undefined
    const now = clock.now()
    if (signedInAt === undefined || now.getTime() - signedInAt >= SIGNED_IN_MS) return undefined
    const person = (await staff.book(county)).get(staffId)
    if (!person || person.generation !== generation || !isValidAt(person, now)) return undefined
    return { actor: actorFrom(person), by: 'session' }
  }

  async function byToken(authorization: string): ReturnType<FindActor> {
    const text = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? ''
    const token = await findToken(text)
    const now = clock.now()
    if (!token || !isTokenGood(token, now)) return undefined
    const person = (await staff.book(token.county)).get(token.staffId)
    return person && isValidAt(person, now) ? { actor: actorFrom(person), by: 'token' } : undefined
  }
}

/** A colleague as the one who acts. */
export function actorFrom({ _id, account, name, county, unit, roles }: Colleague): Actor {
  return { kind: 'staff', staffId: _id, account, name, county, unit, roles }
}

/** Looks a token up, at most once every two seconds, and notes its use then. */
function rememberTokens({ tokens, clock }: FindActorServices): (text: string) => Promise<ApiToken | undefined> {
  const remembered = new Map<string, { readonly token: ApiToken | undefined; readonly at: number }>()
  return async (text) => {
    const read = readTokenText(text)
    if (!read) return undefined
    const known = remembered.get(read.digest)
    if (known && performance.now() - known.at < TOKEN_MS) return known.token
    const token = await tokens.findByDigest(read.county, read.digest)
    if (token) await tokens.noteUse(token, clock.now())
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    remembered.set(read.digest, { token, at: performance.now() })
    return token
  }
}
