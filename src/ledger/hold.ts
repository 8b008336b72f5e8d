import type { Fen } from '../shared/fen.ts'
import type { RealAccount } from './chart.ts'
import type { FundId } from './fund.ts'

export const HOLD_STATUSES = ['pending', 'posted', 'voided', 'expired'] as const

export type HoldStatus = (typeof HOLD_STATUSES)[number]

/**
 * What held money is for; it decides what is debited when the hold is posted.
 *
 * `advance`: aid before the papers are complete (`advance`, or `c_advance` when the county pays). `release`: aid already decided on
 * full papers, paid by the county (`c_expense`). `donation`: donated money (`d_used`).
 */
export type HoldPurpose =
  | { readonly use: 'advance'; readonly caseNo: string }
  | { readonly use: 'release'; readonly caseNo: string; readonly type: string }
  | { readonly use: 'donation'; readonly caseNo: string }

/** A purpose with nothing else in it: what a caller adds by mistake must not reach an entry. */
export function plainPurpose(purpose: HoldPurpose): HoldPurpose {
  const { use, caseNo } = purpose
  return use === 'release' ? { use, caseNo, type: purpose.type } : { use, caseNo }
}

/** Money promised and not yet paid. A projection of the entries that placed and resolved it. */
export interface Hold {
  /** The entry that placed it: `fundId:seq`. */
  readonly holdId: string
  readonly fundId: FundId
  readonly county: string
  readonly account: RealAccount
  readonly amountFen: Fen
  readonly status: HoldStatus
  readonly purpose: HoldPurpose
  readonly source: { readonly type: string; readonly id: string }
  /** Staff id of who placed it. */
  readonly placedBy: string
  readonly placedAt: string
  /** RFC 3339. Not before this moment may it expire. */
  readonly expiresAt?: string
  readonly openSeq: number
  readonly closeSeq?: number
  /** What was paid when it was posted. Fen. */
  readonly postedFen?: Fen
}

/** The fund a hold lies in, read from its id. */
export function fundOfHold(holdId: string): FundId {
  return holdId.slice(0, Math.max(0, holdId.lastIndexOf(':')))
}
