import type { Fen } from '../shared/fen.ts'
import { addFen, fen } from '../shared/fen.ts'
import type { Account } from './chart.ts'
import { isSubdivided } from './chart.ts'
import type { Leg } from './entry.ts'
import type { Move } from './posting.ts'

/** The legs of moves: debits before credits, one leg per account and part. */
export function legsOf(moves: readonly Move[]): Leg[] {
  const debits = gather(moves.map(({ debit, debitSub, amountFen }) => [debit, debitSub, amountFen]))
  const credits = gather(moves.map(({ credit, creditSub, amountFen }) => [credit, creditSub, amountFen]))
  return [
    ...debits.map(({ account, sub, sum }) => leg(account, sub, sum, fen(0))),
    ...credits.map(({ account, sub, sum }) => leg(account, sub, fen(0), sum)),
  ]
}

interface Side {
  readonly account: Account
  readonly sub: string | undefined
  readonly sum: Fen
}

function gather(sides: readonly (readonly [Account, string | undefined, Fen])[]): Side[] {
  const sums = new Map<string, Side>()
  for (const [account, sub, amount] of sides) {
    if (isSubdivided(account) !== (sub !== undefined)) throw new TypeError(`${account} with part ${String(sub)}`)
    const key = `${account}|${sub ?? ''}`
    sums.set(key, { account, sub, sum: addFen(sums.get(key)?.sum ?? fen(0), amount) })
  }
  return [...sums.values()]
}

function leg(account: Account, sub: string | undefined, debit: Fen, credit: Fen): Leg {
  return sub === undefined ? { a: account, d: debit, c: credit } : { a: account, s: sub, d: debit, c: credit }
}
