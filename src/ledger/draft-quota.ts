import type { Fen } from '../shared/fen.ts'
import { fen } from '../shared/fen.ts'
import type { ClaimLine, CommandOf } from './command.ts'
import { countyOf } from './draft-money.ts'
import type { Posting } from './posting.ts'
import { claimSub } from './sub-account.ts'
import { sumByType } from './sum-by-type.ts'

/** The fixed sum of a fund grows: `transit / quota`, and `c_funds / c_bank` in the county. It counts once it has arrived. */
export function draftRaise({ fundId, amountFen }: CommandOf<'raise-quota'>): Posting[] {
  return [
    {
      fundId,
      kind: 'quota.raised',
      moves: [{ debit: 'transit', credit: 'quota', amountFen }],
      floatChangeFen: amountFen,
    },
    {
      fundId: countyOf(fundId),
      kind: 'county.quota.raised',
      moves: [{ debit: 'c_funds', debitSub: fundId, credit: 'c_bank', amountFen }],
    },
  ]
}

/** The fixed sum of a fund shrinks: `quota / bank`, and `c_bank / c_funds` in the county. */
export function draftLowering({ fundId, amountFen }: CommandOf<'lower-quota'>): Posting[] {
  return [
    {
      fundId,
      kind: 'quota.lowered',
      moves: [{ debit: 'quota', credit: 'bank', amountFen }],
      floatChangeFen: fen(0 - amountFen),
    },
    backToCounty(fundId, 'county.quota.lowered', amountFen),
  ]
}

/** At the end of a year the fund owes a sum: `quota / return`. */
export function draftReturnOrder({ fundId, amountFen }: CommandOf<'order-return'>): Posting {
  return { fundId, kind: 'return.ordered', moves: [{ debit: 'quota', credit: 'return', amountFen }] }
}

/** The county has on its account what the fund owed: `return / bank` there, `c_bank / c_funds` here. */
export function draftReturnPaid({ fundId, amountFen }: CommandOf<'pay-return'>): Posting[] {
  return [
    { fundId, kind: 'return.paid', moves: [{ debit: 'return', credit: 'bank', amountFen }] },
    backToCounty(fundId, 'county.return.received', amountFen),
  ]
}

/** Claims become the county's expense and the fund stays smaller: `quota / claim` there, `c_expense / c_funds` here. */
export function draftSettlement({ fundId, lines }: CommandOf<'settle-claims'>): Posting[] {
  return [
    { fundId, kind: 'claims.settled', moves: lines.map(settledClaim) },
    {
      fundId: countyOf(fundId),
      kind: 'county.claims.settled',
      moves: sumByType(lines).map(([type, amountFen]) => ({
        debit: 'c_expense',
        debitSub: type,
        credit: 'c_funds',
        creditSub: fundId,
        amountFen,
      })),
    },
  ]
}

function settledClaim({ caseNo, type, amountFen }: ClaimLine): Posting['moves'][number] {
  return { debit: 'quota', credit: 'claim', creditSub: claimSub(caseNo, type), amountFen }
}

function backToCounty(
  fundId: string,
  kind: 'county.quota.lowered' | 'county.return.received',
  amountFen: Fen,
): Posting {
  return {
    fundId: countyOf(fundId),
    kind,
    moves: [{ debit: 'c_bank', credit: 'c_funds', creditSub: fundId, amountFen }],
  }
}
