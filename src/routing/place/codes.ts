import { canonicalDivisionCode } from '../../shared/division-code.ts'
import { isDigit, unfold } from './fold.ts'
import type { Gazetteer } from './gazetteer.ts'

/** A division code that stands in the text. */
export interface CodeInText {
  readonly start: number
  readonly written: string
  /** The division it names, or the nearest one above that the list has. */
  readonly division: number
  /** Whether the list has the code itself and not only a part of it. */
  readonly isExact: boolean
}

/** A number of a letter's address, not of a division. */
const POSTAL = /(?:邮编|邮政编码|邮码)[:,为是]?$/u

/**
 * Division codes among the digits of a folded text: runs of exactly 6, 9 or 12 digits that the list knows at least in part.
 * Telephone and identity numbers have other lengths, postal codes are mostly unknown to the list or said to be such.
 */
export function findCodes(gazetteer: Gazetteer, units: Uint16Array, length: number): CodeInText[] {
  const codes: CodeInText[] = []
  for (let start = 0; start < length; start++) {
    if (!isDigit(units[start] ?? 0)) continue
    let end = start
    while (end < length && isDigit(units[end] ?? 0)) end++
    const code = readCode(gazetteer, unfold(units, start, end), start)
    if (code !== null && !POSTAL.test(unfold(units, Math.max(0, start - 6), start))) codes.push(code)
    start = end
  }
  return codes
}

function readCode(gazetteer: Gazetteer, written: string, start: number): CodeInText | null {
  if (written.length !== 6 && written.length !== 9 && written.length !== 12) return null
  let code = canonicalDivisionCode(written)
  const whole = code
  while (code !== null && code.length >= 6) {
    const division = gazetteer.find(code)
    if (division !== -1) return { start, written, division, isExact: code === whole }
    code = code.length > 6 ? code.slice(0, -3) : null
  }
  const upper = whole !== null && whole.length < 6 ? gazetteer.find(whole) : -1
  return upper === -1 ? null : { start, written, division: upper, isExact: true }
}
