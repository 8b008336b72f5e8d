import { MAX_AMOUNT_FEN } from '../../shared/fen.ts'

const AMOUNT = /^([+-]?)(\d{1,10})(?:\.(\d{1,2}))?$/

/** Fen of an amount as a bank writes it: `-1,234.50`, full-width signs too. Nothing when it is not one. */
export function readAmount(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[,\s¥]/g, '')
    .replace(/^−/, '-')
  const [, sign, yuan, cents = ''] = AMOUNT.exec(plain) ?? []
  if (yuan === undefined) return undefined
  const amount = Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
  if (amount > MAX_AMOUNT_FEN) return undefined
  return sign === '-' && amount !== 0 ? -amount : amount
}

/** The day of `2026-11-29`, `2026/11/29` or `20261129` as `2026-11-29`. Nothing when there is no such day. */
export function readDay(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})$/.exec(text.normalize('NFKC')) ?? []
  if (year === undefined) return undefined
  const plain = `${year}-${month ?? ''}-${day ?? ''}`
  const read = new Date(`${plain}T00:00:00Z`)
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== plain ? undefined : plain
}

/** A bank's own number of a payment or a line: letters, digits, a few signs. */
export function readReference(text: string): string | undefined {
  return /^[\w.:/-]{1,64}$/.test(text) ? text : undefined
}
