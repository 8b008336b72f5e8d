import type { Account, FundKind } from './chart.ts'
import { reversalOf } from './reversible.ts'

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
  'advance.refused',
  'claim.recalled',
  'recovery.ordered',
  'debt.taken-over',
  'debt.repaid',
  'debt.written-off',
  'payment.returned',
  'quota.raised',
  'quota.lowered',
  'return.ordered',
  'return.paid',
  'count.short',
  'count.over',
  'shortage.charged',
  'surplus.handed-over',
  'claims.settled',
  'entry.reversed',
  'county.appropriation.ordered',
  'county.goods.issued',
  'county.subfund.funded',
  'county.subfund.returned',
  'county.claims.replenished',
  'county.claims.settled',
  'county.debt.taken-over',
  'county.quota.raised',
  'county.quota.lowered',
  'county.return.received',
  'county.surplus.handed-over',
  'county.entry.reversed',
  'parent.subfund.funded',
  'parent.subfund.returned',
  'parent.entry.reversed',
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
  'advance.refused': ['recover/advance'],
  'claim.recalled': ['recover/claim'],
  'payment.returned': ['bank/advance'],
  'count.short': ['suspense/bank', 'suspense/cash', 'suspense/inkind'],
  'count.over': ['bank/suspense', 'cash/suspense', 'inkind/suspense'],
  'shortage.charged': ['recover/suspense'],
  'surplus.handed-over': ['suspense/return'],
  'claims.settled': ['quota/claim'],
  'return.paid': ['return/bank'],
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
    'debt.taken-over': ['bank/recover'],
    'quota.raised': ['transit/quota'],
    'quota.lowered': ['quota/bank'],
    'return.ordered': ['quota/return'],
  },
  village: {
    ...IN_ANY_FUND,
    'claims.replenished': ['bank/claim', 'cash/claim', 'inkind/claim'],
    'subfund.funded': ['bank/quota', 'cash/quota'],
    'subfund.returned': ['quota/bank', 'quota/cash'],
    'debt.taken-over': ['bank/recover', 'cash/recover'],
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
    'advance.refused': ['c_recover/c_advance'],
    'recovery.ordered': ['c_recover/c_expense'],
    'debt.repaid': ['c_bank/c_recover'],
    'debt.written-off': ['c_expense/c_recover'],
    'payment.returned': ['c_bank/c_advance', 'c_bank/c_expense'],
    'county.claims.settled': ['c_expense/c_funds'],
    'county.debt.taken-over': ['c_recover/c_bank'],
    'county.quota.raised': ['c_funds/c_bank'],
    'county.quota.lowered': ['c_bank/c_funds'],
    'county.return.received': ['c_bank/c_funds'],
    'county.surplus.handed-over': ['c_funds/c_budget'],
  },
  donation: {
    ...EVERYWHERE,
    'donation.received': ['d_bank/d_given'],
    'aid.paid': ['d_used/d_bank'],
    'payment.returned': ['d_bank/d_used'],
  },
}

/** The pairs an entry of this kind may carry in this kind of fund; nothing when it may not stand there at all. */
export function allowedPairs(fund: FundKind, kind: EntryKind): readonly Pair[] | undefined {
  return PURPOSES[fund][kind] ?? REVERSALS[fund][kind]
}

/** What may be undone, by kind of fund: the same pairs turned round. */
const REVERSALS: Readonly<Record<FundKind, Whitelist>> = {
  township: reversalsIn('township'),
  village: reversalsIn('village'),
  county: reversalsIn('county'),
  donation: reversalsIn('donation'),
}

function reversalsIn(fund: FundKind): Whitelist {
  const turned: Partial<Record<EntryKind, Pair[]>> = {}
  for (const kind of ENTRY_KINDS) {
    const reversal = reversalOf(kind)
    const pairs = PURPOSES[fund][kind]
    if (reversal && pairs) turned[reversal] = [...(turned[reversal] ?? []), ...pairs.map(turnRound)]
  }
  return turned
}

function turnRound(pair: Pair): Pair {
  const [debit, credit] = pair.split('/') as [Account, Account]
  return `${credit}/${debit}`
}

/** Whether money may move this way. */
export function isAllowed(fund: FundKind, kind: EntryKind, debit: Account, credit: Account): boolean {
  return allowedPairs(fund, kind)?.includes(`${debit}/${credit}`) ?? false
}
