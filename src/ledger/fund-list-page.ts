import type { Presenter, TableView } from '../platform/views/index.ts'
import type { FundSummary } from './fund-view.ts'
import { fundTag, fundTitle } from './fund-words.ts'

/** All funds a person may see: what is free in each, what is open, and which are low. */
export function fundListPage(funds: readonly FundSummary[], present: Presenter, hasBoard = false): object {
  const { t } = present
  const table: TableView = {
    caption: t('ledger:list.caption'),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.fund') },
      { text: t('ledger:column.free'), numeric: true },
      { text: t('ledger:column.promised'), numeric: true },
      { text: t('ledger:column.openAdvance'), numeric: true },
      { text: t('ledger:column.claim'), numeric: true },
      { text: t('ledger:column.state') },
    ],
    rows: funds.map((fund) => ({
      id: fund.fundId,
      cells: [
        { text: fundTitle(fund, present), href: `/funds/${fund.fundId}` },
        { amountFen: fund.freeFen },
        { amountFen: fund.promisedFen },
        { amountFen: fund.openAdvanceFen },
        { amountFen: fund.claimFen },
        { tag: fundTag(fund, present) },
      ],
    })),
  }
  return {
    title: t('ledger:list.title'),
    rooms: funds.map(({ fundId }) => `fund:${fundId}`).join(' '),
    hasFunds: funds.length > 0,
    hasBoard,
    table,
  }
}
