import type { DivisionLevel } from '../../shared/division-code.ts'
import { isPseudoUnit, levelOfDivision } from '../../shared/division-code.ts'
import { chinaDay } from '../../shared/china-day.ts'

/**
 * A place in the division tree with its time. The tree follows from the codes: province 2, prefecture 4, county 6,
 * township 9, village 12 digits. A code that ended stays for ever, with what it went into.
 */
export interface Division {
  /** Canonical code. */
  readonly _id: string
  readonly name: string
  readonly level: DivisionLevel
  readonly kind: DivisionKind
  /** County code of a county and of what lies below it; the key by which data is cut. Empty above. */
  readonly county: string
  /** First day it exists, `YYYY-MM-DD` in China; null when it was always there. */
  readonly validFrom: string | null
  /** First day it no longer exists; null while it does. */
  readonly validTo: string | null
  /** What it went into; more than one when it was split. */
  readonly successors: readonly string[]
  readonly aliases: readonly string[]
  /** Names without the kind, believed only beside the county. */
  readonly shortNames: readonly string[]
  /** For a pseudo-unit: the unit that answers for it. */
  readonly responsibleUnit: string | null
  /** Where the row came from. */
  readonly source: string
}

export const DIVISION_KINDS = [
  'province',
  'prefecture',
  'county',
  'township',
  'street',
  'pseudo_unit',
  'village',
] as const

export type DivisionKind = (typeof DIVISION_KINDS)[number]

/** The kind that follows from code and name: a street ends in 街道 or 办事处, a pseudo-unit has suffix 4xx or 5xx. */
export function kindOfDivision(code: string, name: string): DivisionKind {
  const level = levelOfDivision(code)
  if (level !== 'township') return level
  if (isPseudoUnit(code)) return 'pseudo_unit'
  return /(?:街道|办事处)$/.test(name) ? 'street' : 'township'
}

/** Whether a division exists on the day of a moment in China. */
export function isInForce({ validFrom, validTo }: Pick<Division, 'validFrom' | 'validTo'>, at: Date): boolean {
  const day = chinaDay(at)
  return (validFrom === null || validFrom <= day) && (validTo === null || day < validTo)
}

/** The county a code lies in, empty for a prefecture or province. */
export function countyOf(code: string): string {
  return code.length >= 6 ? code.slice(0, 6) : ''
}
