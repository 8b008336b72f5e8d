import { isWithheldNumber, parsePhone } from '../../shared/phone.ts'

/** What a withheld or anonymous caller is called, whatever the network wrote. */
export const WITHHELD = 'anonymous'

const CLIENT = /^client:[^\s:]{1,121}$/u
/** Digits of the longest number there is. Source: ITU-T E.164. */
const MAX_DIGITS = 15

/**
 * The one spelling under which a number is dialled and stored.
 *
 * @param spelling - a number as people or networks write it, `client:O1`, or a word for "withheld"
 * @returns E.164 (`+8612320614000`), a short code (`110`), `client:O1` or `anonymous`; undefined when nothing can be dialled
 */
export function toDialable(spelling: string): string | undefined {
  const text = spelling.trim()
  if (text.startsWith('client:')) return CLIENT.test(text) ? text : undefined
  if (isWithheldNumber(text)) return WITHHELD
  const number = parsePhone(text)?.number
  return number !== undefined && isDialled(number) ? number : undefined
}

function isDialled(number: string): boolean {
  const digits = number.replace('+', '').length
  return digits >= 3 && digits <= MAX_DIGITS
}
