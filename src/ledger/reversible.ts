import type { Account } from './chart.ts'
import type { Entry, Leg } from './entry.ts'
import { fen } from '../shared/fen.ts'
import type { Move } from './posting.ts'
import type { EntryKind } from './purposes.ts'

/**
 * Entries that can be undone: bookings of what did not happen, or of what the bank undid.
 *
 * Not among them: aid that was handed over (it is recovered, or the bank returns it), promises (they are taken back), a month's end,
 * and what undoes something itself.
 */
export const REVERSIBLE_KINDS = [
  'budget.received',
  'donation.received',
  'appropriation.ordered',
  'appropriation.arrived',
  'cash.drawn',
  'cash.returned',
  'goods.issued',
  'goods.bought',
  'subfund.funded',
  'subfund.returned',
  'advance.confirmed',
  'advance.refused',
  'claim.recalled',
  'claims.replenished',
  'claims.settled',
  'recovery.ordered',
  'debt.taken-over',
  'debt.repaid',
  'debt.written-off',
  'return.ordered',
  'return.paid',
  'count.short',
  'count.over',
  'shortage.charged',
  'surplus.handed-over',
] as const satisfies readonly EntryKind[]

/** The other halves of those, in the books of the county and of a village's township. */
const OTHER_HALVES: readonly EntryKind[] = [
  'county.appropriation.ordered',
  'county.goods.issued',
  'county.subfund.funded',
  'county.subfund.returned',
  'county.claims.replenished',
  'county.claims.settled',
  'county.debt.taken-over',
  'county.return.received',
  'county.surplus.handed-over',
  'parent.subfund.funded',
  'parent.subfund.returned',
]

/** Whether an entry may be undone; the other half of an event is undone through the fund's own. */
export function isReversible({ kind }: Pick<Entry, 'kind'>): boolean {
  return (REVERSIBLE_KINDS as readonly string[]).includes(kind)
}

/** Accounts at a bank: what was paid from them can come back. */
const BANK_ACCOUNTS: readonly Account[] = ['bank', 'c_bank', 'd_bank']

/** Whether an entry is a payment that a bank carried out, and could send back. */
export function isBankPayment({ kind, legs }: Pick<Entry, 'kind' | 'legs'>): boolean {
  return kind === 'aid.paid' && legs.some(({ a, c }) => c > 0 && BANK_ACCOUNTS.includes(a))
}

/** The kind of entry that undoes an entry of this kind, in the same book; nothing when none may. */
export function reversalOf(kind: EntryKind): EntryKind | undefined {
  if (OTHER_HALVES.includes(kind)) return kind.startsWith('county.') ? 'county.entry.reversed' : 'parent.entry.reversed'
  return isReversible({ kind }) ? 'entry.reversed' : undefined
}

/** The same legs with debit and credit swapped, debits first. */
export function swapped(legs: readonly Leg[]): Leg[] {
  const turned = legs.map((leg): Leg => ({ ...leg, d: leg.c, c: leg.d }))
  return [...turned.filter(({ d }) => d > 0), ...turned.filter(({ c }) => c > 0)]
}

/** Moves whose legs are the given ones: each debit is met by the next credit that still has something. */
export function movesOf(legs: readonly Leg[]): Move[] {
  const credits = legs.filter(({ c }) => c > 0).map((leg) => ({ ...leg, left: Number(leg.c) }))
  return legs
    .filter(({ d }) => d > 0)
    .flatMap((debit) => {
      const moves: Move[] = []
      let wanted: number = debit.d
      for (const credit of credits) {
        const amount = Math.min(wanted, credit.left)
        if (amount === 0) continue
        moves.push(moveBetween(debit, credit, amount))
        wanted -= amount
        credit.left -= amount
      }
      return moves
    })
}

function moveBetween(debit: Leg, credit: Leg, amount: number): Move {
  return {
    debit: debit.a,
    ...(debit.s === undefined ? {} : { debitSub: debit.s }),
    credit: credit.a,
    ...(credit.s === undefined ? {} : { creditSub: credit.s }),
    amountFen: fen(amount),
  }
}
