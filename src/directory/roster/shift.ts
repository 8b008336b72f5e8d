import type { Span } from '../span.ts'
import { cut } from '../span.ts'
import type { Validity } from '../validity.ts'
import { isValidAt } from '../validity.ts'
import type { WeeklyPattern } from '../weekly-pattern.ts'
import { isInPattern, patternStretches } from '../weekly-pattern.ts'

/** What somebody is on the roster for: to decide, to stand in, or as the second person who may pay. */
export const SHIFT_PARTS = ['duty', 'stand_in', 'second'] as const

export type ShiftPart = (typeof SHIFT_PARTS)[number]

/** One entry of a roster: once from `validFrom` to `validTo`, or weekly within that time. */
export interface Shift extends Validity {
  readonly _id: string
  readonly county: string
  /** Township, village, body, department, the county itself or a hotline's unit. */
  readonly unit: string
  /** The hotline line it belongs to; left out when it covers all lines of its unit. */
  readonly line?: string
  readonly staffId: string
  readonly part: ShiftPart
  readonly pattern?: WeeklyPattern
  readonly version: number
}

/** Whether a shift runs at a moment. */
export function isRunning(shift: Shift, at: Date): boolean {
  return isValidAt(shift, at) && (shift.pattern === undefined || isInPattern(shift.pattern, at))
}

/** Every stretch of a shift that touches a span, cut to it, in order of time. */
export function stretchesOf(shift: Shift, span: Span): readonly Span[] {
  const frame = cut({ from: shift.validFrom, to: shift.validTo ?? span.to }, span)
  if (!frame) return []
  return shift.pattern ? patternStretches(shift.pattern, frame) : [frame]
}
