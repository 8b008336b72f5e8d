import type { Fen } from '../shared/fen.ts'
import { addFen, fen } from '../shared/fen.ts'
import type { Leg } from './entry.ts'
import type { FundId } from './fund.ts'
import type { Posting } from './posting.ts'
import { legsOf } from './legs.ts'
import { refuse } from './refusal.ts'
import type { SubAccount, SubChange } from './sub-account.ts'
import { subKey } from './sub-account.ts'

/** How legs change the parts of a fund's accounts. All divided accounts grow on the debit side. */
export function subChangesOf(fundId: FundId, legs: readonly Leg[]): SubChange[] {
  const changes = legs.flatMap(({ a, s, d, c }) =>
    s === undefined ? [] : [{ fundId, account: a, sub: s, deltaFen: fen(d - c) }],
  )
  return mergeSubChanges(changes)
}

/** One change per part. */
export function mergeSubChanges(changes: readonly SubChange[]): SubChange[] {
  const merged = new Map<string, SubChange>()
  for (const change of changes) {
    const key = subKey(change)
    const earlier = merged.get(key)?.deltaFen ?? fen(0)
    merged.set(key, { ...change, deltaFen: addFen(earlier, change.deltaFen) })
  }
  return [...merged.values()]
}

/** The parts that postings take from; what stands on them must be known before deciding. */
export function subsTakenFrom(postings: readonly Posting[]): SubAccount[] {
  return postings.flatMap(({ fundId, moves }) =>
    moves.flatMap(({ credit, creditSub }) =>
      creditSub === undefined ? [] : [{ fundId, account: credit, sub: creditSub }],
    ),
  )
}

/**
 * Refuses to take more from a part than stands on it: to confirm more than was advanced, to refund more than was claimed, to hand out
 * more of a lot than there is.
 *
 * @throws DomainError `ledger.over_balance`, `goods.insufficient`
 */
export function checkSubs(postings: readonly Posting[], subs: ReadonlyMap<string, Fen>): void {
  for (const { fundId, moves } of postings) {
    for (const { account, sub, deltaFen } of subChangesOf(fundId, legsOf(moves))) {
      const openFen = subs.get(subKey({ fundId, account, sub })) ?? fen(0)
      if (deltaFen < 0 && openFen + deltaFen < 0)
        refuse(
          account === 'inkind' ? 'goods.insufficient' : 'ledger.over_balance',
          `${account} of ${sub} has ${openFen} fen open`,
          { fundId, account, sub, openFen, wantedFen: 0 - deltaFen },
        )
    }
  }
}
