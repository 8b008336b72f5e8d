import type { Entry } from '../entry.ts'
import type { FundHead } from '../fund.ts'

/** The last entry of a month in a fund: what a close captures. Nothing is booked in that month any more. */
export interface MonthEnd {
  /** `2026-11`. */
  readonly period: string
  /** Number of the last entry booked in the month or before it; 0 never occurs, a fund has its opening. */
  readonly seq: number
  readonly hash: string
}

/** What a head knows of months that are over. */
export type Months = Pick<FundHead, 'ended' | 'closed'>

/** The month after one. @param period - `2026-12` → `2027-01` */
export function monthAfter(period: string): string {
  const [year = 0, month = 0] = period.split('-').map(Number)
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}

/** The oldest month of a fund that is not closed; the one that may be closed next, once it is over. */
export function nextToClose(head: FundHead): string {
  if (head.closed) return monthAfter(head.closed.period)
  return head.ended?.[0]?.period ?? head.period
}

/** Where a month ends in a fund: its last entry, or the last before it when the month had none. */
export function endOfMonth(head: FundHead, period: string): MonthEnd {
  const { seq, hash } = head
  const ends = [
    ...(head.closed ? [head.closed] : []),
    ...(head.ended ?? []),
    ...(head.period === '' ? [] : [{ period: head.period, seq, hash }]),
  ]
  const last = ends.findLast((end) => end.period <= period)
  if (!last) throw new TypeError(`${head.fundId} has no entry in ${period}`)
  return { period, seq: last.seq, hash: last.hash }
}

/**
 * What a head knows of its months after an entry: the first entry of a new month ends the one before, a close takes the oldest off
 * the list.
 */
export function monthsAfter(before: FundHead, entry: Pick<Entry, 'period' | 'close'>): Months {
  const { close, period } = entry
  const hasEnded = before.period !== '' && period > before.period
  const ended = [
    ...(before.ended ?? []),
    ...(hasEnded ? [{ period: before.period, seq: before.seq, hash: before.hash }] : []),
  ].filter((end) => close === undefined || end.period > close.period)
  const closed = close ?? before.closed
  return {
    ...(before.ended === undefined && ended.length === 0 ? {} : { ended }),
    ...(closed === undefined ? {} : { closed }),
  }
}
