import type { Fen } from '../shared/fen.ts'
import type { Account } from './chart.ts'
import type { FundId } from './fund.ts'

/** A part of a divided account: the advance of one case, the claim of one case and type, the county's money in one fund. */
export interface SubAccount {
  readonly fundId: FundId
  readonly account: Account
  readonly sub: string
}

/** A part and what stands on it. */
export interface SubBalance extends SubAccount {
  readonly amountFen: Fen
  /** When it last left zero. RFC 3339. */
  readonly since: string
}

/** How much an entry changes a part. */
export interface SubChange extends SubAccount {
  readonly deltaFen: Fen
}

/** One text per part. */
export function subKey({ fundId, account, sub }: SubAccount): string {
  return `${fundId}|${account}|${sub}`
}

/** The part of `claim` for a case and a type of aid. */
export function claimSub(caseNo: string, type: string): string {
  return `${caseNo}|${type}`
}

/** The case and the type of aid of a part of `claim`. */
export function readClaimSub(sub: string): { caseNo: string; type: string } {
  const at = sub.indexOf('|')
  return { caseNo: sub.slice(0, at), type: sub.slice(at + 1) }
}
