import type { CommandOf } from './command.ts'
import { debtSub } from './debt.ts'
import { countyOf } from './draft-money.ts'
import { byLot } from './goods.ts'
import type { Posting } from './posting.ts'

/** A count found less than the book says: `suspense / cash`, until it is explained. */
export function draftShortage({ fundId, account, amountFen, goods }: CommandOf<'book-shortage'>): Posting {
  return { fundId, kind: 'count.short', moves: byLot({ debit: 'suspense', credit: account, amountFen }, goods) }
}

/** A count found more than the book says: `cash / suspense`, until it is explained. */
export function draftSurplus({ fundId, account, amountFen, goods }: CommandOf<'book-surplus'>): Posting {
  return { fundId, kind: 'count.over', moves: byLot({ debit: account, credit: 'suspense', amountFen }, goods) }
}

/** The keeper must make good what is missing: `recover / suspense`. */
export function draftCharge({ fundId, of, amountFen }: CommandOf<'charge-shortage'>): Posting {
  const debitSub = debtSub({ of, debtor: 'custodian' })
  return { fundId, kind: 'shortage.charged', moves: [{ debit: 'recover', debitSub, credit: 'suspense', amountFen }] }
}

/** What was found too much belongs to the county: `suspense / return` here, `c_funds / c_budget` there. */
export function draftHandOver({ fundId, amountFen }: CommandOf<'hand-over-surplus'>): Posting[] {
  return [
    { fundId, kind: 'surplus.handed-over', moves: [{ debit: 'suspense', credit: 'return', amountFen }] },
    {
      fundId: countyOf(fundId),
      kind: 'county.surplus.handed-over',
      moves: [{ debit: 'c_funds', debitSub: fundId, credit: 'c_budget', amountFen }],
    },
  ]
}
