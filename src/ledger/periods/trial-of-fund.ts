import type { Fen } from '../../shared/fen.ts'
import { fen } from '../../shared/fen.ts'
import { accountsOf, normalSide } from '../chart.ts'
import type { FundHead } from '../fund.ts'
import { balanceOf } from '../fund.ts'

/** What stands on an account at the end of a month, on one of its sides. */
export interface FundTrialRow {
  readonly account: string
  readonly debitFen: Fen
  readonly creditFen: Fen
}

/** The trial balance of one fund, account by account in the chart's order, also those that stand at zero. */
export function trialOfFund(head: FundHead): FundTrialRow[] {
  return accountsOf(head.kind).map((account) => {
    const amount = normalSide(account) === 'debit' ? balanceOf(head, account) : 0 - balanceOf(head, account)
    return { account, debitFen: fen(Math.max(amount, 0)), creditFen: fen(Math.max(0 - amount, 0)) }
  })
}
