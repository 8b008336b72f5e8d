import type { Fen } from '../shared/fen.ts'

/** Whose book a head keeps: a township's fund, a village's sub-fund, the county's money, the donations. */
export const FUND_KINDS = ['township', 'village', 'county', 'donation'] as const

export type FundKind = (typeof FUND_KINDS)[number]

const FUND_ACCOUNTS = [
  'bank',
  'cash',
  'inkind',
  'advance',
  'claim',
  'recover',
  'transit',
  'suspense',
  'quota',
  'return',
] as const
const COUNTY_ACCOUNTS = ['c_bank', 'c_funds', 'c_advance', 'c_expense', 'c_recover', 'c_budget'] as const
const DONATION_ACCOUNTS = ['d_bank', 'd_used', 'd_given'] as const

export type Account =
  (typeof FUND_ACCOUNTS)[number] | (typeof COUNTY_ACCOUNTS)[number] | (typeof DONATION_ACCOUNTS)[number]

/** Accounts that hold something one can hand out: they are never overdrawn, and money in them can be held. */
export const REAL_ACCOUNTS = ['bank', 'cash', 'inkind', 'c_bank', 'd_bank'] as const

export type RealAccount = (typeof REAL_ACCOUNTS)[number]

/** Balances of every account of a head. Whole fen, on the account's own side. */
export type Balances = Readonly<Partial<Record<Account, Fen>>>

/** The part of each real account that is promised and not yet paid. Whole fen. */
export type Held = Readonly<Partial<Record<RealAccount, Fen>>>

const ACCOUNTS: Readonly<Record<FundKind, readonly Account[]>> = {
  township: FUND_ACCOUNTS,
  village: FUND_ACCOUNTS,
  county: COUNTY_ACCOUNTS,
  donation: DONATION_ACCOUNTS,
}

const CREDIT_ACCOUNTS: ReadonlySet<Account> = new Set(['quota', 'return', 'c_budget', 'd_given'])

/** Accounts kept by lot, case, type, debtor or fund; the head carries their sum, the books the parts. */
const SUBDIVIDED: ReadonlySet<Account> = new Set([
  'inkind',
  'advance',
  'claim',
  'recover',
  'c_funds',
  'c_advance',
  'c_expense',
  'c_recover',
])

/** The accounts of a head of this kind, in the order they are printed. */
export function accountsOf(kind: FundKind): readonly Account[] {
  return ACCOUNTS[kind]
}

/** The accounts of this kind of head in which money can be held. */
export function realAccountsOf(kind: FundKind): readonly RealAccount[] {
  return REAL_ACCOUNTS.filter((account) => ACCOUNTS[kind].includes(account))
}

/** The side on which an account grows. */
export function normalSide(account: Account): 'debit' | 'credit' {
  return CREDIT_ACCOUNTS.has(account) ? 'credit' : 'debit'
}

/** Whether an account is kept by lot, case, type, debtor or fund. */
export function isSubdivided(account: Account): boolean {
  return SUBDIVIDED.has(account)
}

/** Whether an account may stand below zero: only count differences not yet explained may. */
export function mayBeNegative(account: Account): boolean {
  return account === 'suspense'
}

/** Whether an account holds something one can hand out. */
export function isReal(account: Account): account is RealAccount {
  return (REAL_ACCOUNTS as readonly Account[]).includes(account)
}

/**
 * How far a head is from its identity: what it uses must equal what it was given. Zero in every sound book.
 *
 * Township and village: `bank + cash + inkind + transit + advance + claim + recover + suspense = quota + return`;
 * county: `c_bank + c_funds + c_advance + c_expense + c_recover = c_budget`; donations: `d_bank + d_used = d_given`.
 *
 * @returns whole fen
 */
export function identityGap(kind: FundKind, balances: Balances): number {
  return ACCOUNTS[kind].reduce((gap, account) => {
    const balance = balances[account] ?? 0
    return normalSide(account) === 'debit' ? gap + balance : gap - balance
  }, 0)
}
