import { COMMON_PASSWORDS } from './common-passwords.ts'

/** Shortest password. Characters. Source: NIST SP 800-63B asks for 8; ten because a second factor is optional here. */
export const MIN_PASSWORD = 10

/** Longest password looked at. Characters. Hashing a novel would be a way to keep the server busy. */
export const MAX_PASSWORD = 128

/** Why a password is not taken; words under `directory:errors.password_<fault>`. */
export type PasswordFault = 'too_short' | 'too_long' | 'account' | 'common'

/** The first thing wrong with a password somebody chose for an account; undefined when nothing is. */
export function passwordFault(password: string, account: string): PasswordFault | undefined {
  const signs = Array.from(plainPassword(password))
  if (signs.length < MIN_PASSWORD) return 'too_short'
  if (signs.length > MAX_PASSWORD) return 'too_long'
  if (isLikeAccount(password, account)) return 'account'
  return isCommon(password) ? 'common' : undefined
}

/** One spelling for what keyboards and phones write differently. Source: RFC 8265, OpaqueString. */
export function plainPassword(password: string): string {
  return password.normalize('NFC')
}

/** The account itself, also turned round or with digits and signs around it. */
function isLikeAccount(password: string, account: string): boolean {
  const name = core(account)
  const word = core(password)
  if (name.length < 2) return false
  return word === name || word === Array.from(name).reverse().join('') || word === name + name
}

/** A common word with digits and signs around it, one sign repeated, or a run of digits or letters. */
function isCommon(password: string): boolean {
  const plain = password.toLowerCase()
  const word = plain.replace(/^[^\p{L}@]+|[^\p{L}]+$/gu, '')
  return COMMON_PASSWORDS.has(word) || new Set(plain).size <= 3 || isRun(plain) || /^\d{1,16}$/.test(plain)
}

/** 1234567890, abcdefghij, 0987654321: each sign follows the one before, up or down. */
function isRun(plain: string): boolean {
  const codes = Array.from(plain, (sign) => sign.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)))
  return steps.size === 1 && (steps.has(1) || steps.has(-1))
}

function core(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
}
