import { z } from 'zod'
import type { Leg } from './leg.ts'

/**
 * How somebody's phone behaves when it is called: rings until a person acts, is engaged, is switched off, refuses at once,
 * or is answered by itself.
 */
export const phoneManner = z.object({
  mode: z.enum(['ring', 'busy', 'unreachable', 'decline', 'answer']),
  /** How long an answering phone rings first. Milliseconds. */
  answerAfterMs: z.int().min(0).max(600_000).default(0),
  /** What its owner says after each answer, in order. */
  says: z.array(z.string().max(2_000)).max(20).default([]),
  /** Keys its owner presses when asked. */
  presses: z
    .string()
    .regex(/^[\d*#]*$/)
    .max(40)
    .default(''),
})

export type PhoneManner = z.infer<typeof phoneManner>

/** Somebody's phone, or an operator's line (`client:O1`). */
export interface Phone {
  readonly id: string
  manner: PhoneManner
  /** Calls that ring, the oldest first. */
  ringing: Leg[]
  talking: Leg | undefined
}

/** All phones there are; one comes into being when it is first named. */
export interface Phones {
  get(id: string): Phone
  all(): Phone[]
}

const MAX_PHONES = 20_000

/** A world of phones that ring until somebody acts. */
export function createPhones(): Phones {
  const byId = new Map<string, Phone>()
  return {
    get(id) {
      const known = byId.get(id)
      if (known !== undefined) return known
      if (byId.size >= MAX_PHONES) forgetIdle(byId)
      const manner = phoneManner.parse({ mode: 'ring' })
      const phone: Phone = { id, manner, ringing: [], talking: undefined }
      byId.set(id, phone)
      return phone
    },
    all: () => [...byId.values()],
  }
}

function forgetIdle(byId: Map<string, Phone>): void {
  for (const [id, phone] of byId) {
    if (phone.ringing.length === 0 && phone.talking === undefined) byId.delete(id)
  }
}
