/** What routing has to know of a division. Codes have 6, 9 or 12 digits. */
export interface RoutableDivision {
  readonly code: string
  /** The unit that is responsible for a zone, a farm or another pseudo-unit. */
  readonly responsibleUnit?: string | undefined
  readonly isPseudoUnit: boolean
}

/** Finds a division in force at a moment, following successors of codes that ended. */
export interface Divisions {
  inForce(code: string, at: Date): Promise<RoutableDivision | undefined>
}

/** Which unit is responsible, by which rule. Without a unit the county's triage desk decides. */
export type UnitDecision =
  | {
      readonly unit: string
      readonly rule: 'place_of_emergency' | 'village_of_township' | 'mapped_unit'
      readonly code: string
    }
  | { readonly unit: undefined; readonly rule: TriageRule; readonly code: string }

export type TriageRule = 'place_missing' | 'place_unknown' | 'place_too_wide' | 'unit_not_mapped' | 'other_county'

/**
 * The unit responsible for an emergency at a place: the township of the division code, and nothing else.
 *
 * Household registration is no argument of this function. Source: Social Assistance Law art. 37 (N01), M028.
 *
 * @param county - the county served, 6 digits
 * @param code - division code of the place; empty when nobody could tell
 */
export async function responsibleUnit(
  divisions: Divisions,
  county: string,
  code: string,
  at: Date,
): Promise<UnitDecision> {
  if (code === '') return { unit: undefined, rule: 'place_missing', code }
  const division = await divisions.inForce(code, at)
  if (!division) return { unit: undefined, rule: 'place_unknown', code }
  const township = division.code.slice(0, 9)
  if (!township.startsWith(county)) return { unit: undefined, rule: 'other_county', code: division.code }
  if (township.length < 9) return { unit: undefined, rule: 'place_too_wide', code: division.code }
  const own = division.code.length === 9 ? division : ((await divisions.inForce(township, at)) ?? division)
  if (own.responsibleUnit) return { unit: own.responsibleUnit, rule: 'mapped_unit', code: division.code }
  if (own.isPseudoUnit) return { unit: undefined, rule: 'unit_not_mapped', code: division.code }
  const rule = division.code.length > 9 ? 'village_of_township' : 'place_of_emergency'
  return { unit: township, rule, code: division.code }
}
