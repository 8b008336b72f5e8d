import type { Fen } from '../shared/fen.ts'
import { fen } from '../shared/fen.ts'
import type { Account, Balances, FundKind, Held, RealAccount } from './chart.ts'
import { accountsOf, realAccountsOf } from './chart.ts'
import type { MonthEnd } from './periods/months.ts'

/** `township-320614103`, `village-320614105201`, `county-320614` or `donation-320614`. */
export type FundId = string

/** What stands before the first entry of a fund. */
export const GENESIS = '0'.repeat(64)

/** What a fund was promised: its fixed sum and the share of it below which the county must hear of it. */
export interface FundTerms {
  /** The fixed sum (定额) the fund is refilled to. Fen; 0 when it has none. */
  readonly floatFen: Fen
  /** Percent of the fixed sum, 0–100. Source: imprest.low_water, 30 % by default. */
  readonly lowWaterPercent: number
}

export const FUND_STATUSES = ['open', 'frozen'] as const

export type FundStatus = (typeof FUND_STATUSES)[number]

/** The head of a fund: everything one must know to decide about its next entry. Changed by compare-and-set on `ver`. */
export interface FundHead {
  readonly fundId: FundId
  /** County code, 6 digits. */
  readonly county: string
  readonly kind: FundKind
  /** The place as the stories say it: 常乐. */
  readonly name: string
  /** The township fund a village's sub-fund belongs to. */
  readonly parent?: FundId
  readonly status: FundStatus
  readonly ver: number
  /** Sequence number of the newest entry; also its voucher number. 0 before the first. */
  readonly seq: number
  /** Hash of the newest entry. */
  readonly hash: string
  /** When the newest entry was booked, RFC 3339 in UTC; empty before the first. Never goes back. */
  readonly bookedAt: string
  /** `2026-11`, the month of the newest entry in China's time. */
  readonly period: string
  /** Months that are over and not closed yet, oldest first; left out until one is. */
  readonly ended?: readonly MonthEnd[]
  /** The newest closed month; left out until one is. */
  readonly closed?: MonthEnd
  readonly bal: Balances
  readonly held: Held
  readonly terms: FundTerms
}

/** What a fund is called and how it begins. Its kind, county and parent stand in its id. */
export interface FundOpening {
  readonly fundId: FundId
  readonly name: string
  readonly terms: FundTerms
}

const ID = /^(?:(township)-(\d{9})|(village)-(\d{12})|(county)-(\d{6})|(donation)-(\d{6}))$/

/** What a fund's id says. */
export interface FundIdParts {
  readonly kind: FundKind
  readonly county: string
  /** The township fund that a village's sub-fund belongs to. */
  readonly parent?: FundId
}

/** Reads a fund's id; nothing when it is not one. */
export function readFundId(fundId: string): FundIdParts | undefined {
  const [kind, division] = (ID.exec(fundId) ?? []).slice(1).filter(Boolean) as [FundKind?, string?]
  if (kind === undefined || division === undefined) return undefined
  const county = division.slice(0, 6)
  return kind === 'village' ? { kind, county, parent: townshipFundId(division.slice(0, 9)) } : { kind, county }
}

/** Id of the fund of a township, by its 9-digit division code. */
export function townshipFundId(township: string): FundId {
  return `township-${township}`
}

/** Id of the sub-fund of a village, by its 12-digit division code. */
export function villageFundId(village: string): FundId {
  return `village-${village}`
}

/** Id of the county's own money, by its 6-digit code. */
export function countyFundId(county: string): FundId {
  return `county-${county}`
}

/** Id of the county's donation book, by its 6-digit code. */
export function donationFundId(county: string): FundId {
  return `donation-${county}`
}

/** A head before its first entry: every balance zero. */
export function newFund({ fundId, name, terms }: FundOpening, { kind, county, parent }: FundIdParts): FundHead {
  return {
    fundId,
    county,
    kind,
    name,
    ...(parent === undefined ? {} : { parent }),
    status: 'open',
    ver: 0,
    seq: 0,
    hash: GENESIS,
    bookedAt: '',
    period: '',
    bal: zeros(accountsOf(kind)),
    held: zeros(realAccountsOf(kind)),
    terms,
  }
}

function zeros<Name extends Account>(accounts: readonly Name[]): Readonly<Partial<Record<Name, Fen>>> {
  return Object.fromEntries(accounts.map((account) => [account, fen(0)])) as Partial<Record<Name, Fen>>
}

/** What stands on an account. Fen; 0 for an account this head does not have. */
export function balanceOf(head: FundHead, account: Account): Fen {
  return head.bal[account] ?? fen(0)
}

/** What is promised out of a real account. Fen. */
export function heldOf(head: FundHead, account: RealAccount): Fen {
  return head.held[account] ?? fen(0)
}

/** What can still be promised or paid from a real account. Fen. */
export function freeFen(head: FundHead, account: RealAccount): Fen {
  return fen(balanceOf(head, account) - heldOf(head, account))
}

/** Money in the box that is not promised: bank and cash together, goods left out. Fen. */
export function freeMoneyFen(head: FundHead): Fen {
  return fen(freeFen(head, 'bank') + freeFen(head, 'cash'))
}

/** Below this the county must hear of the fund. Fen; 0 when the fund has no fixed sum. */
export function lowWaterMarkFen(terms: FundTerms): Fen {
  return fen(Math.floor((terms.floatFen * terms.lowWaterPercent) / 100))
}

/** Whether the free money stands below the mark. */
export function isLow(head: FundHead): boolean {
  return freeMoneyFen(head) < lowWaterMarkFen(head.terms)
}
