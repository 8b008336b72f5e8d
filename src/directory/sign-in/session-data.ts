/** What a session remembers while somebody is half-way through signing in. Nothing is open to that person yet. */
export interface SigningIn {
  readonly staffId: string
  readonly county: string
  readonly generation: number
  /** As typed at the first step; later steps count against the same counters. */
  readonly account: string
  /** What is still to be done, in this order. */
  readonly need: 'totp' | 'new_password'
  /** By the clock. Milliseconds since 1970. */
  readonly since: number
  readonly next: string
}

declare module 'express-session' {
  interface SessionData {
    signingIn?: SigningIn
    /** When the person signed in, by the clock. Milliseconds since 1970. */
    signedInAt?: number
  }
}

/** How long a sign-in lasts. Milliseconds: a night shift and a bit, as the session cookie. */
export const SIGNED_IN_MS = 14 * 3_600_000

/** How long somebody may take between the password and the last step. Milliseconds. */
export const SIGNING_IN_MS = 10 * 60_000
