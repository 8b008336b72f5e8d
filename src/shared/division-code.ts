/** The five levels of the division tree, from the top. */
export const DIVISION_LEVELS = ['province', 'prefecture', 'county', 'township', 'village'] as const

export type DivisionLevel = (typeof DIVISION_LEVELS)[number]

/** Digits of a canonical code at each level. Source: GB/T 2260 and the statistical code 2+2+2+3+3. */
const DIGITS: Readonly<Record<number, DivisionLevel>> = {
  2: 'province',
  4: 'prefecture',
  6: 'county',
  9: 'township',
  12: 'village',
}

/**
 * Cities without counties: their townships hang under a county code that ends in 00. Source: national list 2023-06-30
 * (东莞, 中山, 儋州).
 */
const COUNTIES_ENDING_00: ReadonlySet<string> = new Set(['441900', '442000', '460400'])

/**
 * A division code in the one spelling used inside: province 2, prefecture 4, county 6, township 9, village 12 digits.
 *
 * Filling zeros are dropped: `320000` → `32`, `320600` → `3206`, `320614103000` → `320614103`.
 *
 * @param text - 2, 4, 6, 9 or 12 digits
 * @returns null when the text is no such code
 */
export function canonicalDivisionCode(text: string): string | null {
  if (!/^(?:\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/.test(text)) return null
  if (text.length > 6 && text.endsWith('000')) return canonicalDivisionCode(text.slice(0, -3))
  if (text.length === 6 && text.endsWith('0000')) return text.slice(0, 2)
  if (text.length === 6 && text.endsWith('00') && !COUNTIES_ENDING_00.has(text)) return text.slice(0, 4)
  return text
}

/** The level of a canonical code. */
export function levelOfDivision(code: string): DivisionLevel {
  const level = DIGITS[code.length]
  if (level === undefined) throw new RangeError(`Not a canonical division code: ${code}`)
  return level
}

/** The canonical code one level up; null for a province. */
export function parentDivision(code: string): string | null {
  if (code.length <= 2) return null
  return code.slice(0, code.length > 6 ? -3 : -2)
}

/**
 * Whether a code is a statistical pseudo-unit (suffix 4xx or 5xx): a zone, farm or hospital that is no township by law
 * and needs a mapped responsible unit.
 */
export function isPseudoUnit(code: string): boolean {
  return code.length === 9 && /^[45]/.test(code.slice(6))
}
