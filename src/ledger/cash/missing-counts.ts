import { chinaDay, dayPlus } from '../../shared/china-day.ts'
import type { Clock } from '../../shared/clock.ts'
import type { FundId } from '../fund.ts'
import type { LedgerStore } from '../ledger-store.ts'
import { scopeOfFund } from '../bank/act-on-bank.ts'
import { hasTill } from './cash-count.ts'
import type { CashCountStore } from './cash-store.ts'

/** The county's working days. */
export interface WorkingDays {
  of(unit: string): Promise<{ isWorkingDay(day: string): boolean }>
}

export interface MissingCountServices {
  readonly ledger: LedgerStore
  readonly cashCounts: CashCountStore
  readonly calendar: WorkingDays
  readonly clock: Clock
}

/** How far back a missing count is named. Days. */
const LOOKS_BACK_DAYS = 14

/** Entries read at a time. */
const PAGE = 200

/**
 * Working days of the last two weeks on which cash moved in a fund and nobody counted the till, today included, newest first.
 *
 * @param counted - days that were counted, when they are known already
 */
export async function missingCounts(
  services: MissingCountServices,
  county: string,
  fundId: FundId,
  counted?: ReadonlySet<string>,
): Promise<readonly string[]> {
  if (!hasTill(fundId)) return []
  const since = dayPlus(chinaDay(services.clock.now()), 0 - LOOKS_BACK_DAYS)
  const done = counted ?? (await services.cashCounts.daysCounted(county, since)).get(fundId)
  const calendar = await services.calendar.of(scopeOfFund(fundId))
  const moved = await daysCashMoved(services.ledger, county, fundId, since)
  return moved.filter((day) => calendar.isWorkingDay(day) && !done?.has(day))
}

/** Days of counts of all funds, for asking about many. */
export function recentCounts({
  cashCounts,
  clock,
}: Pick<MissingCountServices, 'cashCounts' | 'clock'>): (
  county: string,
) => Promise<ReadonlyMap<FundId, ReadonlySet<string>>> {
  return (county) => cashCounts.daysCounted(county, dayPlus(chinaDay(clock.now()), 0 - LOOKS_BACK_DAYS))
}

async function daysCashMoved(ledger: LedgerStore, county: string, fundId: FundId, since: string): Promise<string[]> {
  const days = new Set<string>()
  let before: number | undefined
  for (;;) {
    const page = await ledger.entries(county, fundId, { limit: PAGE, ...(before === undefined ? {} : { before }) })
    for (const { bookedAt, legs, seq } of page) {
      const day = chinaDay(new Date(bookedAt))
      if (day < since) return [...days]
      if (legs.some(({ a }) => a === 'cash')) days.add(day)
      before = seq
    }
    if (page.length < PAGE) return [...days]
  }
}
