import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import type { PapersDue } from './boards/county-board.ts'
import type { FundKind } from './chart.ts'
import type { FundHead, FundId, FundStatus } from './fund.ts'
import { balanceOf, freeFen, freeMoneyFen, heldOf, isLow, lowWaterMarkFen } from './fund.ts'
import type { Hold } from './hold.ts'
import type { LedgerStore } from './ledger-store.ts'
import type { LatePapers } from './replenish-proposal.ts'
import type { StockLine } from './goods.ts'
import { stockLine } from './goods.ts'
import { readDebtSub } from './debt.ts'
import type { Debt } from './debt.ts'
import type { SubBalance } from './sub-account.ts'
import { readClaimSub } from './sub-account.ts'

/** One case's money that is still open in a fund. */
export interface OpenItem {
  readonly caseNo: string
  /** Type of aid; only a claim has one. */
  readonly type?: string
  readonly amountFen: number
  /** Since when it is open, RFC 3339. */
  readonly since: string
  /** Whole days since then. */
  readonly days: number
  /** When its papers are due; missing while the emergency goes on, and for what is confirmed. */
  readonly dueAt?: Date
}

/** Money somebody owes back. */
export interface DebtItem extends Debt {
  readonly amountFen: number
  readonly since: string
  readonly days: number
}

/** Money promised for a payment order. */
export interface PromisedItem {
  readonly holdId: string
  readonly caseNo: string
  readonly account: Hold['account']
  readonly amountFen: number
  readonly placedAt: string
  readonly expiresAt?: string
}

/** What a fund is and has, in one answer. All sums in whole fen. */
export interface FundView {
  readonly fundId: FundId
  readonly kind: FundKind
  readonly name: string
  readonly status: FundStatus
  /** Newest voucher number, its hash and when it was booked. */
  readonly seq: number
  readonly hash: string
  readonly bookedAt: string
  /** In the box. */
  readonly bankFen: number
  readonly cashFen: number
  readonly goodsFen: number
  /** Promised out of it. */
  readonly promisedFen: number
  readonly promisedGoodsFen: number
  /** What can still be promised. */
  readonly freeFen: number
  readonly freeBankFen: number
  readonly freeCashFen: number
  readonly freeGoodsFen: number
  /** On its way from the county. */
  readonly transitFen: number
  /** Advanced, papers not complete; and confirmed, not refunded yet. */
  readonly openAdvanceFen: number
  readonly claimFen: number
  /** Owed back by somebody; not yet explained by a count, below zero when too much was found; to be given back to the county. */
  readonly recoverFen: number
  readonly suspenseFen: number
  readonly returnFen: number
  /** What the county entrusted to it; with the fixed sum and the mark below which the county must hear of it. */
  readonly quotaFen: number
  readonly floatFen: number
  readonly lowWaterMarkFen: number
  readonly isLow: boolean
  readonly advances: readonly OpenItem[]
  readonly claims: readonly OpenItem[]
  readonly promised: readonly PromisedItem[]
  readonly debts: readonly DebtItem[]
  /** What is in the store, lot by lot; together worth `goodsFen`. */
  readonly stock: readonly StockLine[]
}

export interface FundViewServices {
  readonly ledger: LedgerStore
  readonly clock: Clock
  readonly latePapers?: LatePapers | undefined
  readonly papersDue?: PapersDue | undefined
}

/**
 * A fund with everything that is open in it.
 *
 * @throws DomainError `fund.not_found`
 */
export async function fundView(services: FundViewServices, county: string, fundId: FundId): Promise<FundView> {
  const { ledger, clock } = services
  const head = await ledger.head(county, fundId)
  if (!head) throw new DomainError('fund.not_found', `No fund ${fundId}`, { fundId })
  const open = await ledger.subsOf(county, {
    fundId,
    accounts: ['advance', 'claim', 'c_advance', 'recover', 'c_recover', 'inkind'],
  })
  const holds = await ledger.pendingHolds(county, fundId)
  const now = clock.now()
  const on = (...accounts: readonly string[]): SubBalance[] => open.filter(({ account }) => accounts.includes(account))
  return {
    ...fundSummary(head),
    advances: await withDueDates(
      services,
      county,
      on('advance', 'c_advance').map((sub) => openItem(sub, now)),
    ),
    claims: on('claim').map((sub) => openItem(sub, now)),
    debts: on('recover', 'c_recover').map((sub) => debtItem(sub, now)),
    stock: on('inkind').map(stockLine),
    promised: holds.map(promisedItem),
  }
}

/** Advances with the day on which their papers are due, the earliest first; those without one after them. */
async function withDueDates(
  { papersDue }: FundViewServices,
  county: string,
  advances: readonly OpenItem[],
): Promise<OpenItem[]> {
  const due = await papersDue?.(
    county,
    advances.map(({ caseNo }) => caseNo),
  )
  return advances
    .map((item) => {
      const dueAt = due?.get(item.caseNo)?.dueAt
      return dueAt ? { ...item, dueAt } : item
    })
    .sort((a, b) => (a.dueAt?.getTime() ?? Infinity) - (b.dueAt?.getTime() ?? Infinity) || b.days - a.days)
}

/** A fund without its open items: one document read. */
export type FundSummary = Omit<FundView, 'advances' | 'claims' | 'promised' | 'debts' | 'stock'>

/** What the head alone says. The county's own account stands under `bank`. */
export function fundSummary(head: FundHead): FundSummary {
  const bank = head.kind === 'county' ? 'c_bank' : head.kind === 'donation' ? 'd_bank' : 'bank'
  const { fundId, kind, name, status, seq, hash, bookedAt, terms } = head
  return {
    fundId,
    kind,
    name,
    status,
    seq,
    hash,
    bookedAt,
    bankFen: balanceOf(head, bank),
    cashFen: balanceOf(head, 'cash'),
    goodsFen: balanceOf(head, 'inkind'),
    promisedFen: heldOf(head, bank) + heldOf(head, 'cash'),
    promisedGoodsFen: heldOf(head, 'inkind'),
    freeFen: bank === 'bank' ? freeMoneyFen(head) : freeFen(head, bank),
    freeBankFen: freeFen(head, bank),
    freeCashFen: freeFen(head, 'cash'),
    freeGoodsFen: freeFen(head, 'inkind'),
    transitFen: balanceOf(head, 'transit'),
    openAdvanceFen: balanceOf(head, head.kind === 'county' ? 'c_advance' : 'advance'),
    claimFen: balanceOf(head, 'claim'),
    recoverFen: balanceOf(head, head.kind === 'county' ? 'c_recover' : 'recover'),
    suspenseFen: balanceOf(head, 'suspense'),
    returnFen: balanceOf(head, 'return'),
    quotaFen: balanceOf(head, 'quota'),
    floatFen: terms.floatFen,
    lowWaterMarkFen: lowWaterMarkFen(terms),
    isLow: isLow(head),
  }
}

function daysSince(since: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - new Date(since).getTime()) / 86_400_000))
}

function debtItem({ sub, amountFen, since }: SubBalance, now: Date): DebtItem {
  return { ...readDebtSub(sub), amountFen, since, days: daysSince(since, now) }
}

function openItem({ account, sub, amountFen, since }: SubBalance, now: Date): OpenItem {
  const days = daysSince(since, now)
  const named = account === 'claim' ? readClaimSub(sub) : { caseNo: sub }
  return { ...named, amountFen, since, days }
}

function promisedItem({ holdId, purpose, account, amountFen, placedAt, expiresAt }: Hold): PromisedItem {
  const item = { holdId, caseNo: purpose.caseNo, account, amountFen, placedAt }
  return expiresAt === undefined ? item : { ...item, expiresAt }
}
