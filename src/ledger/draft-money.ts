import type { Fen } from '../shared/fen.ts'
import type { Account } from './chart.ts'
import type { CommandOf } from './command.ts'
import type { FundId } from './fund.ts'
import { countyFundId, readFundId } from './fund.ts'
import type { GoodsLine } from './goods.ts'
import { byLot } from './goods.ts'
import type { Posting } from './posting.ts'
import type { EntryKind } from './purposes.ts'
import { refuse } from './refusal.ts'

interface Movement {
  readonly fundId: FundId
  readonly amountFen: Fen
  readonly goods?: readonly GoodsLine[]
}

/** An event of one fund that moves one sum. */
export function simplePosting(
  { fundId, amountFen, goods }: Movement,
  kind: EntryKind,
  debit: Account,
  credit: Account,
): Posting[] {
  return [{ fundId, kind, moves: byLot({ debit, credit, amountFen }, goods) }]
}

/** The county gives something to a township: the township owes it (`quota`), the county has it in the fund (`c_funds`). */
export function draftWithCounty(
  { fundId, amountFen, goods }: Movement,
  kind: 'appropriation.ordered' | 'goods.issued',
  debit: Account,
): Posting[] {
  return [
    { fundId, kind, moves: byLot({ debit, credit: 'quota', amountFen }, goods) },
    {
      fundId: countyOf(fundId),
      kind: `county.${kind}`,
      moves: [{ debit: 'c_funds', debitSub: fundId, credit: 'c_bank', amountFen }],
    },
  ]
}

/** Money between a township and its village: three books, because the county knows what lies where. */
export function draftSubfund(
  { fundId, amountFen, from, into }: CommandOf<'fund-subfund'>,
  way: 'out' | 'back',
): Posting[] {
  const parent = parentOf(fundId)
  const kind = way === 'out' ? 'subfund.funded' : 'subfund.returned'
  const [parentMove, villageMove] =
    way === 'out'
      ? ([
          { debit: 'quota', credit: from, amountFen },
          { debit: into, credit: 'quota', amountFen },
        ] as const)
      : ([
          { debit: into, credit: 'quota', amountFen },
          { debit: 'quota', credit: from, amountFen },
        ] as const)
  const [debitSub, creditSub] = way === 'out' ? [fundId, parent] : [parent, fundId]
  return [
    { fundId, kind, moves: [villageMove] },
    { fundId: parent, kind: `parent.${kind}`, moves: [parentMove] },
    {
      fundId: countyOf(fundId),
      kind: `county.${kind}`,
      moves: [{ debit: 'c_funds', debitSub, credit: 'c_funds', creditSub, amountFen }],
    },
  ]
}

/** The county's own head. */
export function countyOf(fundId: FundId): FundId {
  const parts = readFundId(fundId) ?? refuse('fund.id_invalid', `Not a fund: ${fundId}`, { fundId })
  return countyFundId(parts.county)
}

function parentOf(fundId: FundId): FundId {
  return readFundId(fundId)?.parent ?? refuse('fund.id_invalid', `Not a village's fund: ${fundId}`, { fundId })
}
