/** Minutes and hours run on; calendar days and working days end at 24:00. */
export const SPAN_UNITS = ['MIN', 'H', 'CD', 'WD'] as const

export type SpanUnit = (typeof SPAN_UNITS)[number]

/** How long something may take: `{ n: 5, unit: 'WD' }` is five working days. */
export interface Span {
  /** Whole number, 0 or more. */
  readonly n: number
  readonly unit: SpanUnit
}

/** Minutes. */
export function minutes(n: number): Span {
  return { n, unit: 'MIN' }
}

/** Hours. */
export function hours(n: number): Span {
  return { n, unit: 'H' }
}

/** Calendar days, ending at 24:00 of the n-th day after the start. */
export function calendarDays(n: number): Span {
  return { n, unit: 'CD' }
}

/** Working days, ending at 24:00 of the n-th working day after the start. */
export function workingDays(n: number): Span {
  return { n, unit: 'WD' }
}
