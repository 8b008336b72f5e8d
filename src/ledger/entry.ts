import type { Fen } from '../shared/fen.ts'
import type { Account, Balances, Held, RealAccount } from './chart.ts'
import type { FundId, FundStatus, FundTerms } from './fund.ts'
import type { HoldPurpose } from './hold.ts'
import type { MonthEnd } from './periods/months.ts'
import type { EntryKind } from './purposes.ts'

/** One line of an entry. Exactly one of `d` (debit) and `c` (credit) is not zero. Fen. */
export interface Leg {
  readonly a: Account
  /** The part of a divided account: a case, a type, a fund. */
  readonly s?: string
  readonly d: Fen
  readonly c: Fen
}

/** What the command came from, as its owner names it: `{type:'payment-order', id:'…'}`. At most one entry of each kind has it. */
export interface Source {
  readonly type: string
  readonly id: string
}

/** A hold placed or resolved by an entry. */
export interface HoldNote {
  readonly id: string
  readonly change: 'placed' | 'posted' | 'voided' | 'expired'
  readonly account: RealAccount
  /** What was promised. Fen. */
  readonly amountFen: Fen
  /** Only when placed. */
  readonly purpose?: HoldPurpose
  /** Only when placed. RFC 3339. */
  readonly expiresAt?: string
}

/** How a fund begins, as its first entry tells it; kind, county and parent stand in its id. */
export interface OpeningNote {
  readonly name: string
  readonly terms: FundTerms
}

/**
 * One posting: all its legs and the balances after it in one immutable document, chained to the one before it.
 *
 * It carries ids, codes, sums and digests only; never a name of a person, a number of a person, or free text.
 */
export interface Entry {
  /** `fundId:seq`. */
  readonly _id: string
  /** Version of this form. */
  readonly v: number
  readonly county: string
  readonly fundId: FundId
  /** 1, 2, 3 … without gaps in a fund; also the voucher number. */
  readonly seq: number
  readonly period: string
  readonly kind: EntryKind
  readonly legs: readonly Leg[]
  readonly after: { readonly bal: Balances; readonly held: Held }
  readonly hold?: HoldNote
  readonly opening?: OpeningNote
  readonly status?: FundStatus
  /** What the fund is promised from now on. */
  readonly terms?: FundTerms
  /** Id of the entry this one undoes; at most one entry undoes another. */
  readonly reverses?: string
  /** The month this entry closes, with its last entry. */
  readonly close?: MonthEnd
  readonly source: Source
  /** The entries of the same event in other funds. */
  readonly twins: readonly string[]
  /** The case it concerns, when it concerns one. */
  readonly caseNo?: string
  /** The day the event happened, `2026-11-29`. */
  readonly effectiveOn: string
  /** The earlier month it happened in, when it is booked later than that. */
  readonly lateFor?: string
  /** RFC 3339 in UTC with milliseconds; never earlier than the entry before. */
  readonly bookedAt: string
  /** Staff id of who did it. */
  readonly actor: string
  /** Staff id of who approved it. */
  readonly approver?: string
  /** A code, never a sentence. */
  readonly reason?: string
  /** SHA-256 digests of the papers. */
  readonly evidence: readonly string[]
  /** Idempotency key of the command. */
  readonly key: string
  /** Position among the entries of the same command. */
  readonly line: number
  readonly bodyHash: string
  readonly prev: string
  readonly hash: string
}

/** Version of the form of entries written now. */
export const ENTRY_VERSION = 1

/** Id of an entry. */
export function entryId(fundId: FundId, seq: number): string {
  return `${fundId}:${seq}`
}

/** The fund an entry stands in, read from its id. */
export function fundOfEntry(id: string): FundId {
  return id.slice(0, Math.max(0, id.lastIndexOf(':')))
}

/** What an entry moved: the sum of its debits. Fen; 0 when it only placed or released a hold. */
export function movedFen(entry: Pick<Entry, 'legs'>): number {
  return entry.legs.reduce((sum, leg) => sum + leg.d, 0)
}

/** What an entry is about in money: what it moved, or else what it promised or released. Fen. */
export function amountFenOf(entry: Pick<Entry, 'legs' | 'hold'>): number {
  return movedFen(entry) || (entry.hold?.amountFen ?? 0)
}
