import type { Entry } from '../entry.ts'
import type { FundHead } from '../fund.ts'
import { endOfMonth, nextToClose } from '../periods/months.ts'
import { demand } from './fault.ts'

/** Checks that months are closed in order, each at its last entry, and that late papers say for which month they are. */
export function checkPeriod(head: FundHead, entry: Entry): void {
  const { period, effectiveOn, lateFor, close, kind } = entry
  demand(period > (head.closed?.period ?? ''), 'period', `${period} is closed`)
  const happenedIn = effectiveOn.slice(0, 7)
  demand(happenedIn <= period, 'period', `happened on ${effectiveOn}, after it was booked`)
  demand(lateFor === (happenedIn < period ? happenedIn : undefined), 'period', `late for ${lateFor ?? 'no month'}`)
  demand((kind === 'period.closed') === (close !== undefined), 'period', 'a close names the month it closes')
  if (!close) return
  const end = endOfMonth(head, close.period)
  demand(close.period === nextToClose(head) && close.period < period, 'period', `${close.period} is not next to close`)
  demand(close.seq === end.seq && close.hash === end.hash, 'period', `${close.period} ends at ${end.seq}`)
}
