import { validate } from 'stdnum/lib/cjs/cn/ric.js'
import { chinaDay } from './china-day.ts'

/** Why a number looks odd. A warning is shown; a number is never refused for it. */
export type IdentityWarning = 'other_document' | 'region' | 'birthday' | 'check_digit'

/** An identity number in the one spelling used for storing and comparing. */
export interface IdentityNumber {
  /** 18 places for resident identity numbers (old 15-digit ones upgraded); other documents in capitals without signs. */
  readonly number: string
  readonly warnings: readonly IdentityWarning[]
  /** `YYYY-MM-DD`, where the number carries a real date. */
  readonly birthday?: string
  readonly sex?: 'male' | 'female'
}

/** Longest text looked at. Characters. */
const MAX_TEXT = 64

/**
 * Reads an identity number in whatever spelling people use: spaces, full width, small x, `*` keyed on a phone for X.
 *
 * GB 11643; numbers of 15 digits (before 1999) gain their century and check digit so that both spellings compare equal.
 * An unknown region or a wrong check digit is a warning: help does not wait for a right number.
 *
 * @param text - as typed or heard
 * @returns the number with its warnings, or undefined when nothing was typed
 */
export function parseIdentityNumber(text: string): IdentityNumber | undefined {
  const typed = plainSpelling(text)
  if (typed === '') return undefined
  const number = /^\d{15}$/.test(typed) ? upgraded(typed) : typed
  if (!/^\d{17}[\dX]$/.test(number)) return { number, warnings: ['other_document'] }
  return { number, warnings: warningsOf(number), ...birthdayOf(number), sex: sexOf(number) }
}

/**
 * Age in whole years on the Chinese calendar day of a moment.
 *
 * @param birthday - `YYYY-MM-DD`; somebody born on 29 February is a year older on 1 March
 */
export function ageAt(birthday: string, at: Date): number {
  const today = chinaDay(at)
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4))
  return today.slice(5) < birthday.slice(5) ? years - 1 : years
}

/** Whether a child or youth: everything about them is hidden. Source: Law on the Protection of Minors, art. 2. */
export function isUnder18(birthday: string, at: Date): boolean {
  return ageAt(birthday, at) < 18
}

/** Whether a guardian has to consent to the use of personal data. Source: Personal Information Protection Law, art. 31. */
export function isUnder14(birthday: string, at: Date): boolean {
  return ageAt(birthday, at) < 14
}

function plainSpelling(text: string): string {
  const plain = text
    .slice(0, MAX_TEXT)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toUpperCase()
  return plain.replace(/[^\p{L}\p{N}*]/gu, '').replace(/^(\d{17})[*×]$/u, '$1X')
}

/** 15 digits carry a two-digit year of the twentieth century and no check digit. */
function upgraded(old: string): string {
  const front = `${old.slice(0, 6)}19${old.slice(6)}`
  const check = Array.from('0123456789X').find((digit) => validate(front + digit).isValid)
  return check === undefined ? old : front + check
}

function warningsOf(number: string): IdentityWarning[] {
  const warnings: IdentityWarning[] = isPlausibleRegion(number) ? [] : ['region']
  const { error } = validate(number)
  if (birthdayOf(number).birthday === undefined) return [...warnings, 'birthday']
  return error?.name === 'InvalidChecksum' ? [...warnings, 'check_digit'] : warnings
}

/**
 * Whether the first six digits can be a place: a province of GB/T 2260 with a prefecture below 91, a residence permit
 * of Hong Kong, Macao or Taiwan (81 to 83) or a foreigner's permanent residence card (9).
 */
function isPlausibleRegion(number: string): boolean {
  if (/^(8[123]0000|9)/.test(number)) return true
  const province = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)/.test(number)
  const prefecture = Number(number.slice(2, 4))
  return province && prefecture >= 1 && prefecture <= 90
}

function birthdayOf(number: string): { birthday?: string } {
  const birthday = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  const date = new Date(`${birthday}T00:00:00Z`)
  const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(birthday) && birthday >= '1850'
  return real ? { birthday } : {}
}

function sexOf(number: string): 'male' | 'female' {
  return Number(number[16]) % 2 === 1 ? 'male' : 'female'
}
