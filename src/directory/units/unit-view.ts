import type { Unit } from './unit.ts'

/** A unit as the API and pages give it: plain JSON, times in RFC 3339. */
export interface UnitView {
  readonly id: string
  readonly county: string
  readonly kind: Unit['kind']
  readonly name: string
  readonly shortName: string
  readonly divisionCode?: string
  readonly parent?: string
  readonly phone?: string
  readonly validFrom: string
  readonly validTo?: string
  readonly version: number
}

export function unitView(unit: Unit): UnitView {
  const { _id, validFrom, validTo, ...rest } = unit
  return {
    id: _id,
    ...rest,
    validFrom: validFrom.toISOString(),
    ...(validTo ? { validTo: validTo.toISOString() } : {}),
  }
}
