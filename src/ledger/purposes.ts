import type { Account, FundKind } from './chart.ts'

/** Everything an entry may be. A county's or a parent's half of an event carries its own kind. */
export const ENTRY_KINDS = [
  'fund.opened',
  'fund.frozen',
  'fund.thawed',
  'period.closed',
  'budget.received',
  'appropriation.ordered',
  'appropriation.arrived',
  'cash.drawn',
  'cash.returned',
  'goods.issued',
  'goods.bought',
  'subfund.funded',
  'subfund.returned',
  'hold.placed',
  'hold.voided',
  'hold.expired',
  'aid.paid',
  'advance.confirmed',
  'claims.replenished',
  'donation.received',
  'county.appropriation.ordered',
  'county.goods.issued',
  'county.subfund.funded',
  'county.subfund.returned',
  'county.claims.replenished',
  'parent.subfund.funded',
  'parent.subfund.returned',
] as const

export type EntryKind = (typeof ENTRY_KINDS)[number]

/** A debit and a credit that go together: `debit/credit`. */
export type Pair = `${Account}/${Account}`

type Whitelist = Readonly<Partial<Record<EntryKind, readonly Pair[]>>>

const EVERYWHERE: Whitelist = {
  'fund.opened': [],
  'fund.frozen': [],
  'fund.thawed': [],
  'period.closed': [],
  'hold.placed': [],
  'hold.voided': [],
  'hold.expired': [],
}

const IN_ANY_FUND: Whitelist = {
  ...EVERYWHERE,
  'cash.drawn': ['cash/bank'],
  'cash.returned': ['bank/cash'],
  'goods.bought': ['inkind/bank', 'inkind/cash'],
  'aid.paid': ['advance/bank', 'advance/cash', 'advance/inkind'],
  'advance.confirmed': ['claim/advance'],
}

/**
 * What money may be used for, by kind of fund: the only pairs of debit and credit each kind of entry may carry.
 *
 * Source: ledger research 2.2; "the ledger only accepts whitelisted purposes" is mechanism M098. Donations never meet a fund.
 */
const PURPOSES: Readonly<Record<FundKind, Whitelist>> = {
  township: {
    ...IN_ANY_FUND,
    'appropriation.ordered': ['transit/quota'],
    'appropriation.arrived': ['bank/transit'],
    'goods.issued': ['inkind/quota'],
    'claims.replenished': ['bank/claim', 'inkind/claim'],
    'parent.subfund.funded': ['quota/bank', 'quota/cash'],
    'parent.subfund.returned': ['bank/quota', 'cash/quota'],
  },
  village: {
    ...IN_ANY_FUND,
    'claims.replenished': ['bank/claim', 'cash/claim', 'inkind/claim'],
    'subfund.funded': ['bank/quota', 'cash/quota'],
    'subfund.returned': ['quota/bank', 'quota/cash'],
  },
  county: {
    ...EVERYWHERE,
    'budget.received': ['c_bank/c_budget'],
    'county.appropriation.ordered': ['c_funds/c_bank'],
    'county.goods.issued': ['c_funds/c_bank'],
    'county.subfund.funded': ['c_funds/c_funds'],
    'county.subfund.returned': ['c_funds/c_funds'],
    'county.claims.replenished': ['c_expense/c_bank'],
    'aid.paid': ['c_advance/c_bank', 'c_expense/c_bank'],
    'advance.confirmed': ['c_expense/c_advance'],
  },
  donation: {
    ...EVERYWHERE,
    'donation.received': ['d_bank/d_given'],
    'aid.paid': ['d_used/d_bank'],
  },
}

/** The pairs an entry of this kind may carry in this kind of fund; nothing when it may not stand there at all. */
export function allowedPairs(fund: FundKind, kind: EntryKind): readonly Pair[] | undefined {
  return PURPOSES[fund][kind]
}

/** Whether money may move this way. */
export function isAllowed(fund: FundKind, kind: EntryKind, debit: Account, credit: Account): boolean {
  return allowedPairs(fund, kind)?.includes(`${debit}/${credit}`) ?? false
}
