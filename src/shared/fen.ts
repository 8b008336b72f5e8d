/** Whole fen, 1/100 yuan. Only `fen()` makes one, so every amount has been checked once. */
export type Fen = number & { readonly __unit: 'fen' }

/** Largest single amount. Fen. Far above any aid, far below the limit of exact integers. */
export const MAX_AMOUNT_FEN = 10 ** 12

/**
 * A checked amount.
 *
 * @param amount - whole fen, may be negative for differences
 * @throws RangeError when not a safe integer
 */
export function fen(amount: number): Fen {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Not whole fen: ${String(amount)}`)
  return amount as Fen
}

/** The sum of amounts; refuses to leave the range of exact integers. */
export function addFen(...amounts: readonly Fen[]): Fen {
  return fen(amounts.reduce<number>((sum, amount) => sum + amount, 0))
}

/** `¥1,234.50`: thousands separated, fen never dropped. */
export function formatFen(amount: Fen): string {
  const whole = Math.trunc(Math.abs(amount) / 100)
  const rest = String(Math.abs(amount) % 100).padStart(2, '0')
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${amount < 0 ? '−' : ''}¥${grouped}.${rest}`
}

const YUAN = /^\d{1,9}(?:\.\d{1,2})?$/

/** Fen of an amount typed in yuan: `1,200.50` → 120050. Empty is 0; what cannot be read is NaN, which every form refuses by name. */
export function fenFromYuan(typed: string): number {
  const plain = typed.replace(/[,，¥￥\s]/g, '')
  if (plain === '') return 0
  if (!YUAN.test(plain)) return Number.NaN
  const [yuan = '0', cents = ''] = plain.split('.')
  return Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
}
