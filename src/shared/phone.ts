import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

export type PhoneKind = 'mobile' | 'landline' | 'service' | 'short' | 'foreign' | 'unknown'

/** Why a number looks odd. A warning is shown; a number is never refused for it. */
export type PhoneWarning = 'no_area_code' | 'unknown_range' | 'wrong_length'

/** A telephone number in the one spelling used for storing, searching and dialling. */
export interface Phone {
  /** E.164 (`+8613800138000`); short codes and numbers without their area code stay bare digits. */
  readonly number: string
  readonly kind: PhoneKind
  /** Digits to dial after the answer; never part of the number. */
  readonly extension?: string
  readonly warning?: PhoneWarning
}

export interface PhoneOptions {
  /** Area code of the county for landlines typed without one: `0513` or `513`. */
  readonly areaCode?: string
}

/**
 * Numbers of three to five digits that are whole by themselves: emergency, government and carrier lines.
 * libphonenumber calls them invalid, so they stand here. Source: the national numbering plan's public service codes.
 */
const SHORT_CODES: ReadonlySet<string> = new Set(
  (
    '110 112 114 118 119 120 122 ' +
    '12110 12119 12121 12123 12300 12301 12305 12309 12310 12313 12314 12315 12316 12317 12318 12319 12320 12321 ' +
    '12322 12323 12324 12325 12326 12327 12328 12329 12330 12331 12333 12335 12336 12337 12338 12339 12340 12341 ' +
    '12343 12345 12348 12349 12350 12351 12355 12356 12358 12360 12363 12366 12367 12368 12369 12371 12377 12378 ' +
    '12379 12380 12381 12385 12386 12388 12389 12393 12395 12396 12398 ' +
    '10000 10001 10010 10011 10086 10096 10099 11185'
  ).split(' '),
)
/** Nationwide (95) and province-wide (96) business lines: five to eight digits. */
const BUSINESS_LINE = /^9[56]\d{3,6}$/
/** What an exchange puts in place of a withheld number, spelt on the key pad (ANONYMOUS is 266696687). */
const WITHHELD: ReadonlySet<string> = new Set(
  ['anonymous', 'restricted', 'blocked', 'unknown', 'unavailable', 'private', 'withheld'].flatMap((w) => [w, keyed(w)]),
)
/** Longest text looked at. Characters. Anything longer is no number, and patterns stay cheap. */
const MAX_TEXT = 64
const EXTENSION = /(?:;ext=|ext(?:ension|n)?\.?|[x#,;]|转|轉|分机|分機)[转轉分机分機\s:.-]*(\d{1,8})\D*$/u
const DASHED_EXTENSION = /^(.*\d)\s*[-‐-―−]\s*(\d{1,5})$/u

/**
 * Reads a telephone number in whatever spelling people or exchanges use.
 *
 * @param text - `+86 138-0013-8000`, `0086…`, `（０５１３）8221/2345 转 801`, `sip:…@…`, `12345`
 * @returns the number, with a warning where it looks odd; undefined when there is none or it is withheld
 */
export function parsePhone(text: string, options: PhoneOptions = {}): Phone | undefined {
  const plain = plainSpelling(text)
  if (isWithheldNumber(plain)) return undefined
  const [body, extension] = splitExtension(plain)
  const digits = digitsOf(body)
  if (digits === '') return undefined
  const phone = /^\D*\+/.test(body) ? international(digits) : national(digits, options)
  return extension === undefined ? phone : { ...phone, extension }
}

/** Whether an exchange hides the caller: no digits at all, or one of the words for "withheld", also spelt on the key pad. */
export function isWithheldNumber(text: string): boolean {
  const plain = plainSpelling(text).replace(/[^a-z0-9]/g, '')
  return WITHHELD.has(plain) || !/\d/.test(plain)
}

/** The last four digits, by which people and counters compare numbers. */
export function last4(number: string): string {
  return digitsOf(number).slice(-4)
}

/**
 * The number inside its own area, by which a landline is known where nobody dials the area code; undefined for all other numbers.
 *
 * @param number - in storing form
 */
export function localNumber(number: string): string | undefined {
  if (/^\d{7,8}$/.test(number)) return number
  const significant = number.startsWith('+86') ? number.slice(3) : ''
  if (/^(1\d{10}|[48]00\d{7})$/.test(significant)) return undefined
  const local = significant.slice(areaDigits(significant))
  return /^\d{7,8}$/.test(local) ? local : undefined
}

/** A number as Chinese readers write it: `138 0013 8000`, `0513-82212345`, `12345`, `+1 212 555 0123`. */
export function formatPhone(number: string, extension?: string): string {
  const { head, middle, tail, gap } = partsOf(number)
  const shown = [head, middle, tail].filter((part) => part !== '').join(gap)
  return extension === undefined ? shown : `${shown}-${extension}`
}

/**
 * A number with its middle hidden, 3-4-4: `138＊＊＊＊8000`, `0513-＊＊＊＊2345`; public short codes stay as they are.
 * Source: rules, "mask rules".
 */
export function maskedPhone(number: string): string {
  if (parsePhone(number)?.kind === 'short') return formatPhone(number)
  const { head, middle, tail } = partsOf(number)
  const landline = head.startsWith('0') && tail === ''
  const hidden = '＊'.repeat(landline ? middle.length + tail.length - 4 : middle.length)
  return `${head}${landline ? '-' : ''}${hidden}${landline ? (middle + tail).slice(-4) : tail}`
}

function international(digits: string): Phone {
  if (digits.startsWith('86')) return chinese(digits.slice(2).replace(/^0+/, ''))
  const number = `+${digits}`
  const known = parsePhoneNumberFromString(number)?.isValid() ?? false
  return known ? { number, kind: 'foreign' } : { number, kind: 'unknown', warning: 'unknown_range' }
}

/** A number dialled inside China. */
function national(digits: string, options: PhoneOptions): Phone {
  if (isShort(digits)) return { number: digits, kind: 'short' }
  if (/^00\d{3}/.test(digits)) return international(digits.slice(2))
  if (/^86(1\d{10}|0?[2-9]\d{8,10})$/.test(digits)) return international(digits)
  if (digits.startsWith('0')) return orAsTyped(chinese(digits.slice(1)), digits)
  if (/^\d{7,8}$/.test(digits)) return withoutAreaCode(digits, options)
  return orAsTyped(chinese(digits), digits)
}

/** A number after +86 and without the leading 0. */
function chinese(significant: string): Phone {
  if (isShort(significant) && significant.length <= 6) return { number: significant, kind: 'short' }
  const number = `+86${significant}`
  if (/^1\d{10}$/.test(significant)) return checked(number, 'mobile')
  if (/^[48]00\d{7}$/.test(significant)) return { number, kind: 'service' }
  const subscriber = significant.slice(areaDigits(significant))
  if (SHORT_CODES.has(subscriber)) return { number, kind: 'short' }
  if (isShort(significant)) return { number: significant, kind: 'short' }
  const whole = areaDigits(significant) === 2 ? /^\d{8}$/ : /^\d{7,8}$/
  if (whole.test(subscriber)) return checked(number, 'landline')
  return { number, kind: 'unknown', warning: 'wrong_length' }
}

function checked(number: string, kind: PhoneKind): Phone {
  const known = parsePhoneNumberFromString(number)?.isValid() ?? false
  return known ? { number, kind } : { number, kind: 'unknown', warning: 'unknown_range' }
}

/** What cannot be completed to a Chinese number is kept as it was typed rather than dressed up as +86. */
function orAsTyped(phone: Phone, digits: string): Phone {
  return phone.warning === 'wrong_length' ? { ...phone, number: digits } : phone
}

function withoutAreaCode(digits: string, { areaCode }: PhoneOptions): Phone {
  const area = digitsOf(areaCode ?? '').replace(/^0/, '')
  return area === '' ? { number: digits, kind: 'unknown', warning: 'no_area_code' } : chinese(area + digits)
}

function isShort(digits: string): boolean {
  return SHORT_CODES.has(digits) || BUSINESS_LINE.test(digits)
}

/** Length of the area code without its 0: two digits for Beijing (10) and 2x, three elsewhere. */
function areaDigits(significant: string): number {
  return /^(10|2\d)/.test(significant) ? 2 : 3
}

/** The extension behind a word or sign; behind a dash only when a whole landline stands before it. */
function splitExtension(plain: string): [body: string, extension: string | undefined] {
  const marked = EXTENSION.exec(plain)
  const before = marked ? plain.slice(0, marked.index) : ''
  if (marked && /\d\D*\d\D*\d/.test(before)) return [before, marked[1]]
  const dashed = DASHED_EXTENSION.exec(plain)
  const [, body, extension] = dashed ?? []
  if (body !== undefined && isWholeLandline(body)) return [body, extension]
  return [plain, undefined]
}

function isWholeLandline(text: string): boolean {
  return /^(86|0086)?0?(10\d{8}|2\d{9}|[3-9]\d{9,10})$/.test(digitsOf(text))
}

/** Half-width, lower-case, without invisible signs and without the scheme of a link. */
function plainSpelling(text: string): string {
  const plain = text
    .slice(0, MAX_TEXT)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase()
  return plain.replace(/^(tel|sips?):/, '').replace(/@.*$/, '')
}

function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '')
}

function keyed(word: string): string {
  return Array.from(word, (letter) => '22233344455566677778889999'[letter.charCodeAt(0) - 97] ?? '').join('')
}

/** A number cut for showing: what may be shown in front, the middle, the last digits. Odd lengths show two digits at most. */
function partsOf(number: string): { head: string; middle: string; tail: string; gap: string } {
  const significant = number.startsWith('+86') ? number.slice(3) : ''
  if (/^(1\d{10}|[48]00\d{7})$/.test(significant)) return cut(significant, 3, 4, ' ')
  if (
    significant.length - areaDigits(significant) >= 7 ||
    SHORT_CODES.has(significant.slice(areaDigits(significant)))
  ) {
    return cut(`0${significant}`, areaDigits(significant) + 1, 0, '-')
  }
  if (isShort(number)) return { head: number, middle: '', tail: '', gap: '' }
  if (significant === '' && number.length >= 8) return cut(number, number.startsWith('+') ? 3 : 0, 4, ' ')
  return cut(number, 0, 2, '')
}

function cut(text: string, headLength: number, tailLength: number, gap: string): ReturnType<typeof partsOf> {
  const end = Math.max(headLength, text.length - tailLength)
  return { head: text.slice(0, headLength), middle: text.slice(headLength, end), tail: text.slice(end), gap }
}
