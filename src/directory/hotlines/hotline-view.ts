import type { WeeklyPattern } from '../weekly-pattern.ts'
import type { Hotline, HotlineLevel } from './hotline.ts'

/** A hotline as the API and pages give it: plain JSON. */
export interface HotlineView {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly level: HotlineLevel
  readonly unit: string
  readonly hours: readonly WeeklyPattern[]
  readonly language: Hotline['language']
  readonly validFrom: string
  readonly validTo?: string
  readonly version: number
}

export function hotlineView(line: Hotline): HotlineView {
  const { _id, number, name, level, unit, hours, language, validFrom, validTo, version } = line
  return {
    id: _id,
    number,
    name,
    level,
    unit,
    hours: hours.map(({ days, from, to }) => ({ days: [...days], from, to })),
    language,
    validFrom: validFrom.toISOString(),
    ...(validTo ? { validTo: validTo.toISOString() } : {}),
    version,
  }
}
