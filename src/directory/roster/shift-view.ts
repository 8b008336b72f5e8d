import type { Absence } from './absence.ts'
import type { Shift } from './shift.ts'

/** A shift as the API gives it: plain JSON. */
export interface ShiftView {
  readonly id: string
  readonly unit: string
  readonly line?: string
  readonly staffId: string
  readonly part: Shift['part']
  readonly pattern?: { readonly days: readonly number[]; readonly from: string; readonly to: string }
  readonly validFrom: string
  readonly validTo?: string
  readonly version: number
}

export function shiftView(shift: Shift): ShiftView {
  const { _id, unit, line, staffId, part, pattern, validFrom, validTo, version } = shift
  return {
    id: _id,
    unit,
    ...(line === undefined ? {} : { line }),
    staffId,
    part,
    ...(pattern ? { pattern: { days: [...pattern.days], from: pattern.from, to: pattern.to } } : {}),
    validFrom: validFrom.toISOString(),
    ...(validTo ? { validTo: validTo.toISOString() } : {}),
    version,
  }
}

/** An absence as the API gives it: plain JSON. */
export interface AbsenceView {
  readonly id: string
  readonly unit: string
  readonly staffId: string
  readonly from: string
  readonly to: string
  readonly substituteId?: string
  readonly version: number
}

export function absenceView({ _id, unit, staffId, from, to, substituteId, version }: Absence): AbsenceView {
  return {
    id: _id,
    unit,
    staffId,
    from: from.toISOString(),
    to: to.toISOString(),
    ...(substituteId === undefined ? {} : { substituteId }),
    version,
  }
}
