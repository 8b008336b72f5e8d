import { SIMPLIFIED, TRADITIONAL } from '../../shared/traditional-table.ts'

/** Longest text that is read. UTF-16 units; a place is said in far fewer. */
export const MAX_TEXT = 1000

/** Stands for any punctuation but the colon: a boundary between words. */
export const BREAK = 0x2c

const COLON = 0x3a

/** What a unit becomes; 0 is dropped (blanks, invisible signs, the dot inside transcribed names). */
const FOLDED = foldTable()

/**
 * Folds a text into `units` and returns how many were written. One spelling for names and texts alike; blanks vanish, but
 * two numbers stay two.
 */
export function foldInto(units: Uint16Array, text: string): number {
  const end = Math.min(text.length, MAX_TEXT)
  let written = 0
  let isAfterBlank = false
  for (let i = 0; i < end && written < units.length; i++) {
    const folded = FOLDED[text.charCodeAt(i)] ?? 0
    if (folded === 0) {
      isAfterBlank = true
      continue
    }
    // Never longer than the text: the break takes the place of the blank.
    if (isAfterBlank && isDigit(folded) && written > 0 && isDigit(units[written - 1] ?? 0)) units[written++] = BREAK
    isAfterBlank = false
    units[written++] = folded
  }
  return written
}

/** A name or word in folded spelling: simplified, half-width, small letters, without blanks. */
export function fold(text: string): string {
  const units = new Uint16Array(Math.min(text.length, MAX_TEXT))
  return unfold(units, 0, foldInto(units, text))
}

/** The folded units from `start` to `end` as a string. */
export function unfold(units: Uint16Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(units[i] ?? 0)
  return text
}

/** Whether a folded unit is part of a Chinese word (and so may belong to a longer name). */
export function isHanzi(unit: number): boolean {
  return unit >= 0x3400 && unit !== 0xffff && !(unit >= 0xe000 && unit <= 0xf8ff)
}

/** Whether a folded unit is a digit. */
export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

function foldTable(): Uint16Array {
  const table = new Uint16Array(0x10000)
  for (let unit = 1; unit < 0x10000; unit++) table[unit] = foldUnit(unit)
  for (let i = 0; i < TRADITIONAL.length; i++) table[TRADITIONAL.charCodeAt(i)] = SIMPLIFIED.charCodeAt(i)
  // Radicals and compatibility forms look like characters and come out of PDF files: read them as what they look like.
  for (let unit = 0x2e80; unit <= 0xfaff; unit = unit === 0x2fdf ? 0xf900 : unit + 1) {
    const plain = String.fromCharCode(unit).normalize('NFKC')
    if (plain.length === 1) table[unit] = table[plain.charCodeAt(0)] ?? unit
  }
  return table
}

function foldUnit(unit: number): number {
  if (unit >= 0xff01 && unit <= 0xff5e) return foldUnit(unit - 0xfee0)
  const character = String.fromCharCode(unit)
  if (unit === COLON) return COLON
  if (/[\s\p{Cc}\p{Cf}·・•‧]/u.test(character)) return 0
  if (/[\p{P}\p{S}]/u.test(character)) return BREAK
  return unit < 0x80 ? character.toLowerCase().charCodeAt(0) : unit
}
