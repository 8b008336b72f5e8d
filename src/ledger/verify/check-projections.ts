import { isDeepStrictEqual } from 'node:util'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { PlainJson } from '../../shared/canonical-json.ts'
import type { FundHead } from '../fund.ts'
import type { Hold } from '../hold.ts'
import type { SubBalance } from '../sub-account.ts'
import { subKey } from '../sub-account.ts'
import { entrustedFen, isSame } from './check-entry.ts'
import { demand } from './fault.ts'
import type { ReplayedFund } from './replayed-fund.ts'

/** The head must be where the entries end: a shorter chain means entries are missing, a longer one that the head was put back. */
export function checkHead(fund: ReplayedFund | undefined, head: FundHead): void {
  const seq = fund?.head.seq ?? 0
  demand(head.seq === seq, 'head', `the head says ${head.seq}, the entries end at ${seq}`)
  if (!fund) return
  demand(head.hash === fund.head.hash, 'head', 'the head names another last entry')
  demand(isSame(head.bal, fund.head.bal), 'head', 'the head has other balances')
  demand(isSame(head.held, fund.head.held), 'head', 'the head has other held sums')
  const isOtherwiseSame = (['kind', 'county', 'name', 'status', 'bookedAt', 'period'] as const).every(
    (field) => head[field] === fund.head[field],
  )
  demand(isOtherwiseSame && head.parent === fund.head.parent, 'head', 'the head describes another fund')
  demand(monthsText(head) === monthsText(fund.head), 'head', 'the head has closed other months')
  const { floatFen, lowWaterPercent } = fund.head.terms
  demand(
    head.terms.floatFen === floatFen && head.terms.lowWaterPercent === lowWaterPercent,
    'head',
    'the head has other terms',
  )
}

/** The list of holds must be what the entries make of them. */
export function checkHolds(fund: ReplayedFund, holds: readonly Hold[]): void {
  const wanted = [...fund.holds.values()]
  demand(holds.length === wanted.length, 'hold-list', `${wanted.length} holds in the entries, ${holds.length} listed`)
  for (const hold of holds) {
    const replayed = fund.holds.get(hold.holdId)
    const isEqual = replayed !== undefined && isDeepStrictEqual(replayed, hold)
    demand(isEqual, 'hold-list', `${hold.holdId} is not what the entries say`)
  }
}

/** The parts of accounts must be what the entries add up to. */
export function checkSubs(fund: ReplayedFund, subs: readonly SubBalance[]): void {
  demand(subs.length === fund.subs.size, 'part-list', `${fund.subs.size} parts in the entries, ${subs.length} listed`)
  for (const sub of subs) {
    const isEqual = fund.subs.get(subKey(sub)) === sub.amountFen
    demand(isEqual, 'part-list', `${subKey(sub)} is not what the entries add up to`)
  }
}

/** What a county counts as lying in a fund is what the fund owes. */
export function checkCountySums(
  funds: ReadonlyMap<string, ReplayedFund>,
  guard: (fundId: string, check: () => void) => void,
): void {
  for (const [fundId, { head }] of funds) {
    const county = funds.get(`county-${head.county}`)
    if (!county || head.kind === 'county' || head.kind === 'donation') continue
    const counted = county.subs.get(subKey({ fundId: county.head.fundId, account: 'c_funds', sub: fundId })) ?? 0
    guard(fundId, () =>
      demand(
        counted === entrustedFen(head),
        'county-sum',
        `the county counts ${counted}, the fund ${entrustedFen(head)}`,
      ),
    )
  }
}

function monthsText({ ended = [], closed }: FundHead): string {
  return canonicalJson([ended, closed ?? null] as unknown as PlainJson)
}
