import type { Presenter, Row, TableView } from '../platform/views/index.ts'
import type { EntryPage } from './entry-list.ts'
import type { DebtItem, FundView, OpenItem } from './fund-view.ts'
import { accountName, kindName } from './fund-words.ts'
import type { StockLine } from './goods.ts'
import { BY_VALUE } from './goods.ts'
import type { LeftOut } from './proposals/proposal.ts'
import type { ProposalView } from './proposals/proposal-view.ts'

/** What is promised and not paid. */
export function promisedTable(fund: FundView, present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:promised.title'),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.case') },
      { text: t('ledger:column.account') },
      { text: t('ledger:column.amount'), numeric: true },
      { text: t('ledger:column.since') },
      { text: t('ledger:column.until') },
    ],
    rows: fund.promised.map(({ holdId, caseNo, account, amountFen, placedAt, expiresAt }) => ({
      id: holdId,
      cells: [
        { text: caseNo, href: `/cases/${caseNo}` },
        { text: accountName(account, present) },
        { amountFen },
        { at: placedAt },
        expiresAt === undefined ? { text: '' } : { dueAt: expiresAt },
      ],
    })),
  }
}

/** What waits for a second person. */
export function waitingTable(waiting: readonly ProposalView[], present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:waiting.title'),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.what') },
      { text: t('ledger:column.amount'), numeric: true },
      { text: t('ledger:column.since') },
    ],
    rows: waiting.map(({ id, fundId, command, totalFen, proposedAt }) => ({
      id,
      cells: [
        { text: t(`ledger:proposal.what.${command.do}`), href: `/funds/${fundId}/proposals/${id}` },
        sumOrNothing(totalFen),
        { at: proposedAt },
      ],
    })),
  }
}

/** What is in the store, lot by lot. */
export function stockTable(stock: readonly StockLine[], present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:stock.title'),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.item') },
      { text: t('ledger:column.quantity'), numeric: true },
      { text: t('ledger:column.price'), numeric: true },
      { text: t('ledger:column.value'), numeric: true },
    ],
    rows: stock.map(({ item, quantity, unitFen, valueFen }) =>
      item === BY_VALUE.item
        ? { cells: [{ text: t('ledger:stock.byValue') }, { text: '' }, { text: '' }, { amountFen: valueFen }] }
        : { cells: [{ text: item }, { text: String(quantity) }, { amountFen: unitFen }, { amountFen: valueFen }] },
    ),
  }
}

/** What is owed back, and by whom. */
export function debtsTable(debts: readonly DebtItem[], present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:debts.title'),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.about') },
      { text: t('ledger:column.debtor') },
      { text: t('ledger:column.amount'), numeric: true },
      { text: t('ledger:column.age') },
    ],
    rows: debts.map(({ of, debtor, amountFen, days }) => ({
      cells: [
        debtor === 'custodian' ? { text: of } : { text: of, href: `/cases/${of}` },
        { text: t(`ledger:debtor.${debtor}`) },
        { amountFen },
        { text: t('ledger:age', { count: days }) },
      ],
    })),
  }
}

/** Advances without papers, or claims to be refunded, by case. */
export function openTable(kind: 'advances' | 'claims', items: readonly OpenItem[], present: Presenter): TableView {
  const { t } = present
  const hasDue = items.some(({ dueAt }) => dueAt !== undefined)
  return {
    caption: t(`ledger:${kind}.title`),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.case') },
      { text: t('ledger:column.amount'), numeric: true },
      { text: t('ledger:column.age') },
      ...(hasDue ? [{ text: t('ledger:column.papersDue') }] : []),
    ],
    rows: items.map(({ caseNo, type, amountFen, days, dueAt }) => ({
      cells: [
        { text: caseNo, href: `/cases/${caseNo}`, ...(type === undefined ? {} : { note: type }) },
        { amountFen },
        { text: t('ledger:age', { count: days }) },
        ...(hasDue ? [dueAt ? { dueAt } : { text: '' }] : []),
      ],
    })),
  }
}

/** Every movement with its voucher and the balance after it. */
export function movementsTable(fund: FundView, { items, next }: EntryPage, present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:movements.title'),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.voucher') },
      { text: t('ledger:column.when') },
      { text: t('ledger:column.what') },
      { text: t('ledger:column.amount'), numeric: true },
      { text: t('ledger:column.change'), numeric: true },
      { text: t('ledger:column.balance'), numeric: true },
    ],
    rows: items.map((line) => ({
      id: String(line.seq),
      cells: [
        { text: String(line.seq), href: `/funds/${fund.fundId}/entries/${line.seq}` },
        { at: line.bookedAt },
        { text: kindName(line.kind, present), ...(line.caseNo === undefined ? {} : { note: line.caseNo }) },
        sumOrNothing(line.amountFen),
        sumOrNothing(line.moneyChangeFen),
        { amountFen: line.moneyFen },
      ],
    })),
    ...(next === null ? {} : { next: { href: `/funds/${fund.fundId}?after=${next}` } }),
  }
}

/** What is not refunded now, and why. */
export function leftOutTable(leftOut: readonly LeftOut[], present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:leftOut.title'),
    columns: [
      { text: t('ledger:column.case') },
      { text: t('ledger:column.amount'), numeric: true },
      { text: t('ledger:column.why') },
    ],
    rows: leftOut.map(({ caseNo, amountFen, reason }) => ({
      cells: [{ text: caseNo, href: `/cases/${caseNo}` }, { amountFen }, { text: t(`ledger:leftOut.${reason}`) }],
    })),
  }
}

/** Nothing says more than ¥0.00 where nothing moved. */
function sumOrNothing(amountFen: number): Row['cells'][number] {
  return amountFen === 0 ? { text: '' } : { amountFen }
}
