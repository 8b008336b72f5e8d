import type { RealAccount } from '../chart.ts'
import type { FundId } from '../fund.ts'
import { readFundId } from '../fund.ts'

/** A fund's account at the bank, as its statements call it, and how far the two have been compared. */
export interface BankAccount {
  /** `county/account`. */
  readonly _id: string
  readonly county: string
  /** Number or agreed name of the account; a unit's, never a person's. */
  readonly account: string
  readonly fundId: FundId
  readonly version: number
  /** Lines known so far. */
  readonly lines: number
  /** What the bank says stands on it, after the last line. Fen; 0 before the first. */
  readonly balanceFen: number
  /** What stood on it before the first line. Fen. */
  readonly openingFen: number
  /** Day of the last line; empty before the first. */
  readonly upTo: string
  /** Entries up to this one all have their lines, or lie before the first statement. */
  readonly settledSeq: number
  /** Lines up to this position all have their entries. */
  readonly settledLine: number
  readonly registeredBy: string
  readonly registeredAt: Date
}

/** How an account may be called: what stands on statements, without spaces. */
export const ACCOUNT_SHAPE = /^[\w-]{4,40}$/

/** Id of an account's record. */
export function bankAccountId(county: string, account: string): string {
  return `${county}/${account}`
}

/** The account of the chart that the bank keeps for a fund; nothing for a fund that has none. */
export function bankSideOf(fundId: FundId): RealAccount | undefined {
  switch (readFundId(fundId)?.kind) {
    case 'township':
    case 'village':
      return 'bank'
    case 'county':
      return 'c_bank'
    case 'donation':
      return 'd_bank'
    case undefined:
      return undefined
  }
}
