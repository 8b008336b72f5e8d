import type { FundId } from '../fund.ts'
import { readFundId } from '../fund.ts'

/** Notes and coins of the renminbi, the largest first. Fen. Source: the fifth series in circulation. */
export const DENOMINATIONS_FEN = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10] as const

export type Denomination = (typeof DENOMINATIONS_FEN)[number]

/** How many of a note or coin were counted. */
export interface Pieces {
  readonly valueFen: Denomination
  readonly count: number
}

export const COUNT_STATES = ['ENTERED', 'CONFIRMED', 'REFUSED'] as const

export type CountState = (typeof COUNT_STATES)[number]

/**
 * A count of a till: the custodian enters what lies in it, a witness who stood beside confirms with an account of their own. What the book said at
 * the moment of the count stays with it; a difference is booked when it is confirmed, through `suspense` only.
 */
export interface CashCount {
  /** `county/id`. */
  readonly _id: string
  readonly county: string
  readonly id: string
  readonly version: number
  readonly fundId: FundId
  /** The day of the count in China, `2026-11-29`. */
  readonly on: string
  readonly state: CountState
  readonly countedFen: number
  /** What the book said at that moment, and with which entry. Fen. */
  readonly bookFen: number
  readonly bookSeq: number
  /** Counted less booked: below zero is missing, above is too much. Fen. */
  readonly differenceFen: number
  /** Only when notes and coins were written down. */
  readonly pieces?: readonly Pieces[]
  readonly countedBy: string
  readonly countedAt: Date
  readonly witness?: string
  readonly witnessedAt?: Date
  /** The entry that booked the difference. */
  readonly entryId?: string
}

/** Id of a count's record. */
export function cashCountId(county: string, id: string): string {
  return `${county}/${id}`
}

/** What pieces are worth together. Fen. */
export function worthOf(pieces: readonly Pieces[]): number {
  return pieces.reduce((sum, { valueFen, count }) => sum + valueFen * count, 0)
}

/** Whether a fund keeps cash, so that there is a till to count. */
export function hasTill(fundId: FundId): boolean {
  const kind = readFundId(fundId)?.kind
  return kind === 'township' || kind === 'village'
}
