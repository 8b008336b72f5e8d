/** What is reset: the password, the second factor, or both. */
export const RESET_KINDS = ['password', 'totp', 'both'] as const

export type ResetKind = (typeof RESET_KINDS)[number]

/** One administrator asks, another confirms: nobody gets into an account alone, and nobody resets their own. */
export interface Reset {
  readonly _id: string
  readonly county: string
  readonly staffId: string
  readonly kind: ResetKind
  readonly askedBy: string
  readonly askedAt: Date
  /** After this nobody can confirm it any more. */
  readonly expiresAt: Date
  readonly state: 'asked' | 'confirmed' | 'withdrawn'
  readonly settledBy?: string
  readonly settledAt?: Date
}

/** How long a reset waits for the second administrator. Milliseconds, 24 hours. */
export const RESET_WAITS_MS = 24 * 3_600_000

/** Whether it can still be confirmed. */
export function isOpen({ state, expiresAt }: Reset, at: Date): boolean {
  return state === 'asked' && at < expiresAt
}
