import { chinaDay } from '../../shared/china-day.ts'
import type { Entry } from '../entry.ts'
import { amountFenOf } from '../entry.ts'
import { entriesSince } from '../entries-since.ts'
import type { FundHead } from '../fund.ts'
import type { Hold } from '../hold.ts'
import type { LedgerStore } from '../ledger-store.ts'

/** How far back the reports look at least. Days. */
const WINDOW_DAYS = 90

const HOUR_MS = 3_600_000

/** Aid that left later than the county wants, or still waits beyond it. */
export interface LatePayment {
  readonly fundId: string
  readonly caseNo: string
  readonly amountFen: number
  readonly promisedAt: string
  /** Missing while it waits. */
  readonly paidAt?: string
  readonly hours: number
}

/** Money that left a fund for something else than aid. */
export interface Outflow {
  readonly fundId: string
  readonly seq: number
  readonly kind: Entry['kind']
  readonly on: string
  readonly amountFen: number
}

/** What a fund's entries of the last months tell. */
export interface MonthsWork {
  readonly late: readonly LatePayment[]
  readonly outflows: readonly Outflow[]
  /** Days from payment to confirmed papers, one per confirmation. */
  readonly confirmDays: readonly number[]
  /** When aid was last paid, and when the fund was opened; missing when not within the window. */
  readonly lastAidAt?: string
  readonly openedAt?: string
  /** Since when money from the county is on its way; missing when none is. */
  readonly transitSince?: string
}

/**
 * Reads what happened in a fund within the window.
 *
 * @param limits - hours after which a payment is late, and days that are looked at in any case
 */
export async function monthsWork(
  ledger: LedgerStore,
  head: FundHead,
  pending: readonly Hold[],
  { lateHours, days }: { readonly lateHours: number; readonly days: number },
  now: Date,
): Promise<MonthsWork> {
  const since = new Date(now.getTime() - Math.max(WINDOW_DAYS, days) * 24 * HOUR_MS).toISOString()
  const newestFirst: Entry[] = []
  for await (const entry of entriesSince(ledger, head.county, head.fundId, since)) newestFirst.push(entry)
  return workIn(newestFirst.reverse(), pending, lateHours, now)
}

/** What entries tell, oldest first. Pure. */
export function workIn(entries: readonly Entry[], pending: readonly Hold[], lateHours: number, now: Date): MonthsWork {
  const promises = new Map<string, Entry>()
  const paidAt = new Map<string, string>()
  const late: LatePayment[] = []
  const outflows: Outflow[] = []
  const confirmDays: number[] = []
  let lastAidAt: string | undefined
  let openedAt: string | undefined
  let transitSince: string | undefined
  for (const entry of entries) {
    const { kind, hold, caseNo, bookedAt } = entry
    if (kind === 'fund.opened') openedAt = bookedAt
    transitSince = (entry.after.bal.transit ?? 0) > 0 ? (transitSince ?? bookedAt) : undefined
    if (kind === 'hold.placed' && hold) promises.set(hold.id, entry)
    if (kind === 'aid.paid') {
      lastAidAt = bookedAt
      if (caseNo !== undefined) paidAt.set(caseNo, bookedAt)
      const promised = hold && promises.get(hold.id)
      const hours = promised ? hoursBetween(promised.bookedAt, bookedAt) : 0
      if (promised && hours > lateHours)
        late.push({ ...lateOf(entry, hours), promisedAt: promised.bookedAt, paidAt: bookedAt })
    }
    if (kind === 'advance.confirmed' && caseNo !== undefined) {
      const paid = paidAt.get(caseNo)
      if (paid !== undefined) confirmDays.push(Math.floor(hoursBetween(paid, bookedAt) / 24))
    }
    const leftFen = moneyLeft(entry)
    if (leftFen > 0 && kind !== 'aid.paid') outflows.push(outflowOf(entry, leftFen))
  }
  for (const { fundId, purpose, amountFen, placedAt } of pending) {
    const hours = hoursBetween(placedAt, now.toISOString())
    if (hours > lateHours) late.push({ fundId, caseNo: purpose.caseNo, amountFen, promisedAt: placedAt, hours })
  }
  return {
    late,
    outflows,
    confirmDays,
    ...(lastAidAt === undefined ? {} : { lastAidAt }),
    ...(openedAt === undefined ? {} : { openedAt }),
    ...(transitSince === undefined ? {} : { transitSince }),
  }
}

function hoursBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / HOUR_MS)
}

function lateOf(entry: Entry, hours: number): Omit<LatePayment, 'promisedAt'> {
  return { fundId: entry.fundId, caseNo: entry.caseNo ?? '', amountFen: amountFenOf(entry), hours }
}

/** Money that left bank and till together; between the two nothing leaves. Fen. */
function moneyLeft({ legs }: Entry): number {
  return legs.reduce((sum, { a, d, c }) => (a === 'bank' || a === 'cash' || a === 'd_bank' ? sum + c - d : sum), 0)
}

function outflowOf({ fundId, seq, kind, bookedAt }: Entry, amountFen: number): Outflow {
  return { fundId, seq, kind, on: chinaDay(new Date(bookedAt)), amountFen }
}
