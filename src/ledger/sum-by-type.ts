import type { Fen } from '../shared/fen.ts'
import { addFen } from '../shared/fen.ts'
import type { ClaimLine } from './command.ts'

/** What claims come to for each type of aid, in the order in which the types first appear. */
export function sumByType(lines: readonly ClaimLine[]): [type: string, amountFen: Fen][] {
  const sums = new Map<string, Fen>()
  for (const { type, amountFen } of lines) {
    const sum = sums.get(type)
    sums.set(type, sum === undefined ? amountFen : addFen(sum, amountFen))
  }
  return [...sums]
}
