import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'
import { chinaDayNumber } from './china-day.ts'

/** An id that sorts by the time it was made. UUID version 7, RFC 9562. */
export function newId(): string {
  return v7()
}

const EPOCH_DAY = Date.UTC(2020, 0, 1) / 86_400_000

/**
 * A number people can say over the phone: day since 2020-01-01 (5 digits), random (6), check digit (1).
 *
 * Unique per county by index; a collision is drawn anew before the transaction begins.
 *
 * @param at - the moment whose UTC+8 day the number carries
 * @returns 12 digits
 */
export function newSpokenNo(at: Date): string {
  const day = chinaDayNumber(at) - EPOCH_DAY
  const body = String(day).padStart(5, '0') + String(randomInt(1_000_000)).padStart(6, '0')
  return body + checkDigit(body)
}

/** Whether a text is a spoken number whose check digit is right. */
export function isSpokenNo(text: string): boolean {
  return /^\d{12}$/.test(text) && checkDigit(text.slice(0, 11)) === text.slice(11)
}

/** Check digit by ISO 7064 MOD 11,10, which catches every single wrong digit and nearly all swaps. */
function checkDigit(digits: string): string {
  let product = 10
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10
    product = (sum * 2) % 11
  }
  return String((11 - product) % 10)
}
