import { chinaDay, dayPlus, momentOf } from '../../shared/china-day.ts'
import type { Clock } from '../../shared/clock.ts'
import type { FundId } from '../fund.ts'
import { entriesSince } from '../entries-since.ts'
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
  const since = firstDay(services.clock)
  const done = counted ?? (await services.cashCounts.daysCounted(county, since)).get(fundId)
  const calendar = await services.calendar.of(scopeOfFund(fundId))
  const moved = await daysCashMoved(services.ledger, county, fundId, since)
  return moved.filter((day) => calendar.isWorkingDay(day) && !done?.has(day))
}

async function daysCashMoved(ledger: LedgerStore, county: string, fundId: FundId, since: string): Promise<string[]> {
  const days = new Set<string>()
  for await (const { bookedAt, legs } of entriesSince(ledger, county, fundId, momentOf(since).toISOString()))
    if (legs.some(({ a }) => a === 'cash')) days.add(chinaDay(new Date(bookedAt)))
  return [...days]
}

/** The first day that is looked at. */
export function firstDay(clock: Clock): string {
  return dayPlus(chinaDay(clock.now()), 0 - LOOKS_BACK_DAYS)
}
