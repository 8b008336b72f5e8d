import type { WeeklyPattern } from '../weekly-pattern.ts'
import type { Window } from './window.ts'

/** A window as the API and pages give it: plain JSON. */
export interface WindowView {
  readonly id: string
  readonly unit: string
  readonly name: string
  readonly place: string
  readonly hours: readonly WeeklyPattern[]
  readonly holderId?: string
  readonly phone?: string
  readonly validFrom: string
  readonly validTo?: string
  readonly version: number
}

export function windowView(window: Window): WindowView {
  const { _id, unit, name, place, hours, holderId, phone, validFrom, validTo, version } = window
  return {
    id: _id,
    unit,
    name,
    place,
    hours: hours.map(({ days, from, to }) => ({ days: [...days], from, to })),
    ...(holderId === undefined ? {} : { holderId }),
    ...(phone === undefined ? {} : { phone }),
    validFrom: validFrom.toISOString(),
    ...(validTo ? { validTo: validTo.toISOString() } : {}),
    version,
  }
}
