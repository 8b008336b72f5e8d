import type { CommandOf } from './command.ts'
import { paymentMove } from './draft-aid.ts'
import { byLot } from './goods.ts'
import type { Hold } from './hold.ts'
import { paidFenOf } from './hold-rules.ts'
import { plainPurpose } from './hold.ts'
import type { Posting } from './posting.ts'
import { refuse } from './refusal.ts'

/** Promises money; nothing moves yet. Refused when it could not be paid from there later. */
export function draftHold({ fundId, account, amountFen, purpose, expiresAt }: CommandOf<'place-hold'>): Posting {
  paymentMove(fundId, account, purpose, amountFen)
  return {
    fundId,
    kind: 'hold.placed',
    moves: [],
    caseNo: purpose.caseNo,
    hold: {
      change: 'placed',
      account,
      amountFen,
      purpose: plainPurpose(purpose),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    },
  }
}

/** Pays out of a hold; what is not paid is free again. */
export function draftPostedHold(command: CommandOf<'post-hold'>, holds: ReadonlyMap<string, Hold>): Posting {
  const hold = findHold(command.holdId, holds)
  const { holdId, fundId, account, amountFen, purpose } = hold
  const move = paymentMove(fundId, account, purpose, paidFenOf(command, hold))
  return {
    fundId,
    kind: 'aid.paid',
    moves: byLot(move, command.goods),
    caseNo: purpose.caseNo,
    hold: { id: holdId, change: 'posted', account, amountFen },
  }
}

/** Gives promised money free again. */
export function draftReleasedHold(
  command: CommandOf<'void-hold'>,
  holds: ReadonlyMap<string, Hold>,
  change: 'voided' | 'expired',
): Posting {
  const { holdId, fundId, account, amountFen, purpose } = findHold(command.holdId, holds)
  return {
    fundId,
    kind: `hold.${change}`,
    moves: [],
    caseNo: purpose.caseNo,
    hold: { id: holdId, change, account, amountFen },
  }
}

function findHold(holdId: string, holds: ReadonlyMap<string, Hold>): Hold {
  return holds.get(holdId) ?? refuse('hold.not_found', `No hold ${holdId}`, { holdId })
}
