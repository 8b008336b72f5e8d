import { promisify } from 'node:util'
import type { Clock } from '../../shared/clock.ts'
import type { Staff } from '../staff/staff.ts'
import type { SigningIn } from './session-data.ts'

/** The part of a session's store that signing in uses; `req.session` is one. */
interface Session {
  regenerate(done: (error: unknown) => void): unknown
  destroy(done: (error: unknown) => void): unknown
}

/** A request with its session. */
export interface SessionRequest {
  readonly session: Session
}

type Fields = Partial<{
  staffId: string
  county: string
  generation: number
  signedInAt: number
  signingIn: SigningIn
}>

/** Opens a session for somebody who is signed in. The old one is thrown away: nobody can prepare a session for somebody else. */
export async function openSession(req: SessionRequest, person: Staff, clock: Clock): Promise<void> {
  const { _id, county, generation } = person
  await renew(req, { staffId: _id, county, generation, signedInAt: clock.now().getTime() })
}

/** Remembers how far somebody got in signing in, in a fresh session that opens nothing yet. */
export async function openHalfSession(req: SessionRequest, signingIn: SigningIn): Promise<void> {
  await renew(req, { signingIn })
}

/** Forgets who was signed in. */
export async function closeSession({ session }: SessionRequest): Promise<void> {
  await promisify(session.destroy.bind(session))()
}

/** Lets this session go on when all others were ended. */
export function keepSession(req: SessionRequest, generation: number): void {
  Object.assign(req.session, { generation })
}

/** The fresh session stands at `req.session` once the old one is gone. */
async function renew(req: SessionRequest, fields: Fields): Promise<void> {
  await promisify(req.session.regenerate.bind(req.session))()
  Object.assign(req.session, fields)
}
