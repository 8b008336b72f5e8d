import type { Presenter, TableView } from '../../platform/views/index.ts'
import { fundTitle } from '../fund-words.ts'
import type { CountyMonth, FundMonth } from './county-month.ts'
import { accountTable, stateTag } from './statement-page.ts'

/** The county's month to print and sign: each fund in a line, and the accounts of each kind of fund added up. */
export function countyMonthPage(month: CountyMonth, publicUrl: string, present: Presenter): object {
  const { t } = present
  const { period, kinds, funds } = month
  return {
    title: t('ledger:statement.countyTitle'),
    unit: t('ledger:statement.countyUnit'),
    number: period,
    backHref: '/statements',
    url: `${publicUrl}/statements/${period}`,
    funds: fundsTable(funds, period, present),
    kinds: kinds.map(({ kind, rows }) => accountTable(rows, t(`ledger:statement.kind.${kind}`), present)),
  }
}

function fundsTable(funds: readonly FundMonth[], period: string, present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:statement.funds'),
    columns: [
      { text: t('ledger:column.fund') },
      { text: t('ledger:statement.column.opening'), numeric: true },
      { text: t('ledger:statement.column.in'), numeric: true },
      { text: t('ledger:statement.column.out'), numeric: true },
      { text: t('ledger:statement.column.late'), numeric: true },
      { text: t('ledger:statement.column.closing'), numeric: true },
      { text: t('ledger:column.state') },
    ],
    rows: funds.map((fund) => ({
      id: fund.fundId,
      cells: [
        { text: fundTitle(fund, present), href: `/funds/${fund.fundId}/statements/${period}` },
        { amountFen: fund.openingFen },
        { amountFen: fund.inFen },
        { amountFen: fund.outFen },
        { amountFen: fund.lateFen },
        { amountFen: fund.closingFen },
        { tag: stateTag(fund.state, present) },
      ],
    })),
  }
}
