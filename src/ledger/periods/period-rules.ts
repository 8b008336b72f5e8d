import { chinaMonth } from '../../shared/china-day.ts'
import type { Command } from '../command.ts'
import type { FundHead } from '../fund.ts'
import { refuse } from '../refusal.ts'
import type { MonthEnd } from './months.ts'
import { endOfMonth, nextToClose } from './months.ts'

/**
 * The end of a month that is about to be closed.
 *
 * Months are closed one after another, each once, and only when they are over. There is no way back.
 *
 * @param now - month in which the close itself is booked
 * @throws DomainError `period.closed`, `period.not_next` (details `next`), `period.not_over`
 */
export function monthToClose(head: FundHead, period: string, now: string): MonthEnd {
  const { fundId, closed } = head
  const next = nextToClose(head)
  if (closed && period <= closed.period) refuse('period.closed', `${period} is closed in ${fundId}`, { fundId, period })
  if (period !== next) refuse('period.not_next', `${next} comes before ${period}`, { fundId, period, next })
  if (period >= now) refuse('period.not_over', `${period} is not over`, { fundId, period })
  return endOfMonth(head, period)
}

/**
 * For which earlier month an entry is late; nothing when it happened in the month in which it is booked.
 *
 * Whoever books for a month that is closed has to say so: the entry then stands in the open month with both dates.
 *
 * @param at - the moment it is booked
 * @throws DomainError `period.closed` for a closed month without `lateFor`, `ledger.field_invalid` for a `lateFor` that is another
 *   month
 */
export function lateField(command: Command, heads: readonly FundHead[], at: Date): { readonly lateFor?: string } {
  const { lateFor, effectiveOn } = command
  const openPeriod = chinaMonth(at)
  const period = effectiveOn?.slice(0, 7) ?? openPeriod
  const isLate = period < openPeriod
  if (lateFor !== undefined && (!isLate || lateFor !== period))
    refuse('ledger.field_invalid', 'lateFor is the earlier month of effectiveOn', { field: 'lateFor' })
  if (!isLate) return {}
  const closed = heads.find((head) => head.closed !== undefined && period <= head.closed.period)
  if (closed && lateFor === undefined)
    refuse('period.closed', `${period} is closed in ${closed.fundId}`, { fundId: closed.fundId, period, openPeriod })
  return { lateFor: period }
}
