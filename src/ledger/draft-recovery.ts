import type { CommandOf } from './command.ts'
import { caseOfDebt, debtSub } from './debt.ts'
import { countyOf } from './draft-money.ts'
import { readFundId } from './fund.ts'
import type { Move, Posting } from './posting.ts'
import { claimSub } from './sub-account.ts'

/** Type of expense a debt becomes when nobody will ever pay it. */
export const LOSS = 'loss'

/** What was advanced must come back: `recover / advance`, in the county's own book `c_recover / c_advance`. */
export function draftRefusal({ fundId, caseNo, debtor, amountFen }: CommandOf<'refuse-advance'>): Posting {
  const owed = debtSub({ of: caseNo, debtor })
  const move: Move =
    readFundId(fundId)?.kind === 'county'
      ? { debit: 'c_recover', debitSub: owed, credit: 'c_advance', creditSub: caseNo, amountFen }
      : { debit: 'recover', debitSub: owed, credit: 'advance', creditSub: caseNo, amountFen }
  return { fundId, kind: 'advance.refused', moves: [move], caseNo }
}

/** What was confirmed must come back: `recover / claim`. */
export function draftRecall({ fundId, caseNo, type, debtor, amountFen }: CommandOf<'recall-claim'>): Posting {
  const move: Move = {
    debit: 'recover',
    debitSub: debtSub({ of: caseNo, debtor }),
    credit: 'claim',
    creditSub: claimSub(caseNo, type),
    amountFen,
  }
  return { fundId, kind: 'claim.recalled', moves: [move], caseNo }
}

/** What the county has paid for already must come back: `c_recover / c_expense`. */
export function draftRecovery({ fundId, caseNo, type, debtor, amountFen }: CommandOf<'order-recovery'>): Posting {
  const move: Move = {
    debit: 'c_recover',
    debitSub: debtSub({ of: caseNo, debtor }),
    credit: 'c_expense',
    creditSub: type,
    amountFen,
  }
  return { fundId, kind: 'recovery.ordered', moves: [move], caseNo }
}

/** The county takes a debt over: `bank / recover` in the fund, `c_recover / c_bank` in the county. The fund is whole again. */
export function draftTakeOver(command: CommandOf<'take-over-debt'>): Posting[] {
  const { fundId, of, debtor, amountFen, into = 'bank' } = command
  const owed = debtSub({ of, debtor })
  const about = aboutCase(command)
  return [
    {
      fundId,
      kind: 'debt.taken-over',
      moves: [{ debit: into, credit: 'recover', creditSub: owed, amountFen }],
      ...about,
    },
    {
      fundId: countyOf(fundId),
      kind: 'county.debt.taken-over',
      moves: [{ debit: 'c_recover', debitSub: owed, credit: 'c_bank', amountFen }],
      ...about,
    },
  ]
}

/** A debtor pays the county: `c_bank / c_recover`. */
export function draftRepayment(command: CommandOf<'receive-repayment'>): Posting {
  const { fundId, amountFen } = command
  const move: Move = { debit: 'c_bank', credit: 'c_recover', creditSub: debtSub(command), amountFen }
  return { fundId, kind: 'debt.repaid', moves: [move], ...aboutCase(command) }
}

/** A debt nobody will pay is the county's loss: `c_expense:loss / c_recover`. */
export function draftWriteOff(command: CommandOf<'write-off'>): Posting {
  const { fundId, amountFen } = command
  const move: Move = {
    debit: 'c_expense',
    debitSub: LOSS,
    credit: 'c_recover',
    creditSub: debtSub(command),
    amountFen,
  }
  return { fundId, kind: 'debt.written-off', moves: [move], ...aboutCase(command) }
}

function aboutCase(debt: Parameters<typeof caseOfDebt>[0]): { caseNo?: string } {
  const caseNo = caseOfDebt(debt)
  return caseNo === undefined ? {} : { caseNo }
}
