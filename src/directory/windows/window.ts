import type { Validity } from '../validity.ts'
import type { WeeklyPattern } from '../weekly-pattern.ts'

/** A counter where people can walk in. Source: M014. */
export interface Window extends Validity {
  readonly _id: string
  readonly county: string
  readonly unit: string
  /** What stands on the sign. */
  readonly name: string
  /** Where it is, for people who look for it. */
  readonly place: string
  readonly hours: readonly WeeklyPattern[]
  /** Who holds the post. */
  readonly holderId?: string
  /** Public number, E.164 or a short code. */
  readonly phone?: string
  readonly version: number
}
