import type { PasswordRecord } from './staff.ts'

/** How long a one-time password is good. Milliseconds, 7 days. */
const ONE_TIME_MS = 7 * 86_400_000

/** A password that has to be changed at the first sign-in. */
export function oneTimePassword(hash: string, at: Date): PasswordRecord {
  return { hash, setAt: at, oneTimeUntil: new Date(at.getTime() + ONE_TIME_MS) }
}
