/** The widest scope: the whole country. Below it stand division codes of 2, 4, 6 and 9 digits. */
export const NATION = 'CN'

/** Digits of a province, prefecture, county and township. A village (12 digits) counts as its township. */
const LEVELS = [2, 4, 6, 9] as const

/**
 * The scopes whose parameters reach a unit, widest first: nation, province, prefecture, county, township.
 *
 * @param unit - canonical division code, or the id of a department of a county (`320614-housing`)
 * @throws RangeError when the text carries no division code
 */
export function scopesOf(unit: string): readonly string[] {
  if (unit === NATION) return [NATION]
  const code = unit.split('-')[0] ?? ''
  if (!/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/.test(code)) throw new RangeError(`Not a unit of a division: ${unit}`)
  return [NATION, ...LEVELS.filter((digits) => digits <= code.length).map((digits) => code.slice(0, digits))]
}

/** The county whose data a scope belongs to; wider scopes are their own owner. */
export function ownerOf(scope: string): string {
  return scope.length > 6 ? scope.slice(0, 6) : scope
}

/** The county of a unit, 6 digits. */
export function countyOf(unit: string): string {
  return ownerOf(scopesOf(unit).at(-1) ?? '')
}
