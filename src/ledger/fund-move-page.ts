import type { FormView, Presenter } from '../platform/views/index.ts'
import type { FundMove } from './fund-moves.ts'
import type { FundSummary } from './fund-view.ts'
import { accountName, fundTitle } from './fund-words.ts'
import { DEBTORS } from './debt.ts'
import { REASONS } from './move-fields.ts'

const FROM = ['bank', 'cash'] as const

const COUNTED = ['cash', 'bank', 'inkind'] as const

/** A form of one movement, with what is there to draw on. */
export function movePage(fund: FundSummary, move: FundMove, present: Presenter, form: FormView): object {
  const { t } = present
  return {
    title: t(`ledger:move.${move.name}.title`),
    fundTitle: fundTitle(fund, present),
    explain: t(`ledger:move.${move.name}.explain`),
    submit: t(`ledger:move.${move.name}.submit`),
    backHref: `/funds/${fund.fundId}`,
    action: `/funds/${fund.fundId}/moves/${move.name}`,
    free: [
      { label: accountName('bank', present), cell: { amountFen: fund.freeBankFen } },
      { label: accountName('cash', present), cell: { amountFen: fund.freeCashFen } },
      ...(fund.transitFen > 0
        ? [{ label: accountName('transit', present), cell: { amountFen: fund.transitFen } }]
        : []),
    ],
    proposes: move.proposes,
    asks: Object.fromEntries(move.fields.map((field) => [field, true])),
    accounts: FROM.map((value) => ({ value, text: accountName(value, present) })),
    counted: COUNTED.map((value) => ({ value, text: accountName(value, present) })),
    debtors: DEBTORS.map((value) => ({ value, text: t(`ledger:debtor.${value}`) })),
    reasons: REASONS.map((value) => ({ value, text: t(`ledger:reason.${value}`) })),
    form,
  }
}
