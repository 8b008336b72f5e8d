import { readLotSub } from '../goods.ts'
import type { Entry, Leg } from '../entry.ts'
import { movedFen } from '../entry.ts'
import type { FundHead } from '../fund.ts'
import { isBankPayment, reversalOf, swapped } from '../reversible.ts'
import { hasSecondPerson, needsSecondPerson } from '../second-person.ts'
import { demand } from './fault.ts'
import type { ReplayedFund } from './replayed-fund.ts'

/** Checks that what one person cannot do alone bears two names. */
export function checkNames(entry: Entry): void {
  demand(!needsSecondPerson(entry.kind) || hasSecondPerson(entry), 'names', `${entry.kind} bears one name only`)
}

/** Checks that goods are whole pieces at their price. */
export function checkLots({ legs }: Entry): void {
  for (const { a, s, d, c } of legs)
    demand(a !== 'inkind' || (d + c) % readLotSub(s ?? '').unitFen === 0, 'stock', `${s ?? ''} is no whole pieces`)
}

/** Checks that the fixed sum changes with the quota, by what was moved, and never otherwise. */
export function checkTerms(head: FundHead, entry: Entry): void {
  const isQuota = entry.kind === 'quota.raised' || entry.kind === 'quota.lowered'
  demand(isQuota === (entry.terms !== undefined), 'terms', `${entry.kind} and the terms of the fund do not go together`)
  if (!entry.terms) return
  const change = entry.kind === 'quota.raised' ? movedFen(entry) : 0 - movedFen(entry)
  const isSum = entry.terms.floatFen === head.terms.floatFen + change && entry.terms.floatFen >= 0
  demand(isSum, 'terms', `the fixed sum is not ${head.terms.floatFen} and ${change}`)
  demand(entry.terms.lowWaterPercent === head.terms.lowWaterPercent, 'terms', 'the mark changed with it')
}

/** Checks that what undoes an entry undoes one that may be, once, leg by leg; and keeps the list of legs. */
export function checkReversal({ undone, legsOf }: ReplayedFund, entry: Entry): void {
  const isUndoing = entry.kind.endsWith('entry.reversed') || entry.kind === 'payment.returned'
  demand(isUndoing === (entry.reverses !== undefined), 'reversal', 'it does not say what it undoes')
  if (entry.reverses !== undefined) {
    const before = legsOf.get(entry.reverses)
    demand(before !== undefined, 'reversal', `${entry.reverses} does not stand before it`)
    const kind = isBankPayment(before) ? 'payment.returned' : reversalOf(before.kind)
    demand(kind === entry.kind, 'reversal', `${before.kind} cannot be undone so`)
    demand(!undone.has(entry.reverses), 'reversal', `${entry.reverses} was undone before`)
    demand(textOf(swapped(before.legs)) === textOf(entry.legs), 'reversal', 'its legs are not the ones it undoes')
    undone.add(entry.reverses)
  }
  legsOf.set(entry._id, { kind: entry.kind, legs: entry.legs })
}

function textOf(legs: readonly Leg[]): string {
  return legs
    .map(({ a, s = '', d, c }) => `${a}|${s}|${d}|${c}`)
    .sort()
    .join('\n')
}
