import type { Presenter, TableView, TagView } from '../../platform/views/index.ts'
import { accountName, fundTitle, kindName } from '../fund-words.ts'
import type { FundHead } from '../fund.ts'
import type { MonthOfFund } from './find-statement.ts'
import type { MonthState, ProvenStatement } from './proven-statement.ts'
import type { StatementRow } from './statement.ts'

/** The months of a fund, each with how far it has come. */
export function fundMonthsPage(head: FundHead, months: readonly MonthOfFund[], present: Presenter): object {
  const { t } = present
  const href = (period: string, form = ''): string => `/funds/${head.fundId}/statements/${period}${form}`
  const table: TableView = {
    caption: t('ledger:statement.months'),
    hideCaption: true,
    columns: [
      { text: t('ledger:statement.column.month') },
      { text: t('ledger:column.state') },
      { text: t('ledger:statement.column.csv') },
      { text: t('ledger:statement.column.xlsx') },
    ],
    rows: months.map(({ period, state }) => ({
      cells: [
        { text: period, href: href(period) },
        { tag: stateTag(state, present) },
        { text: 'CSV', href: href(period, '/csv') },
        { text: 'XLSX', href: href(period, '/xlsx') },
      ],
    })),
  }
  return {
    title: t('ledger:statement.listTitle', { fund: fundTitle(head, present) }),
    backHref: `/funds/${head.fundId}`,
    table,
  }
}

/** How far a month has come, as a tag. */
export function stateTag(state: MonthState, { t }: Presenter): TagView {
  const tone = ({ running: 'plain', over: 'waiting', closing: 'active', sealed: 'done' } as const)[state]
  return { text: t(`ledger:statement.state.${state}`), tone }
}

/** A monthly statement to print and sign: accounts, entries with both dates, the seal, the checkpoint. */
export function statementPage(statement: ProvenStatement, publicUrl: string, present: Presenter): object {
  const { t } = present
  const { fundId, period, state, rows, items } = statement
  const path = `/funds/${fundId}/statements/${period}`
  return {
    title: t('ledger:statement.title'),
    unit: fundTitle(statement, present),
    number: period,
    backHref: `/funds/${fundId}/statements`,
    url: `${publicUrl}${path}`,
    state: state === 'sealed' ? undefined : t(`ledger:statement.notFinal.${state}`),
    accounts: accountTable(rows, t('ledger:statement.accounts'), present),
    items: items.length > 0 ? itemTable(statement, present) : undefined,
    proof: proofFacts(statement, present),
    note: statement.checkpoint?.note,
  }
}

/** Accounts over a month; what is late stands in columns of its own. */
export function accountTable(rows: readonly StatementRow[], caption: string, present: Presenter): TableView {
  const { t } = present
  const names = ['opening', 'debit', 'credit', 'lateDebit', 'lateCredit', 'closing'] as const
  return {
    caption,
    columns: [
      { text: t('ledger:statement.column.account') },
      ...names.map((name) => ({ text: t(`ledger:statement.column.${name}`), numeric: true })),
    ],
    rows: rows.map((row) => ({
      cells: [{ text: accountName(row.account, present) }, ...names.map((name) => ({ amountFen: row[`${name}Fen`] }))],
    })),
  }
}

function itemTable({ fundId, items }: ProvenStatement, present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:statement.items'),
    columns: [
      { text: t('ledger:statement.column.voucher') },
      { text: t('ledger:statement.column.bookedAt') },
      { text: t('ledger:statement.column.effectiveOn') },
      { text: t('ledger:statement.column.lateFor') },
      { text: t('ledger:statement.column.kind') },
      { text: t('ledger:statement.column.amount'), numeric: true },
      { text: t('ledger:column.change'), numeric: true },
    ],
    rows: items.map((item) => ({
      cells: [
        { text: String(item.seq), href: `/funds/${fundId}/entries/${item.seq}` },
        { at: item.bookedAt },
        { text: item.effectiveOn },
        { text: item.lateFor ?? '' },
        { text: kindName(item.kind, present), ...(item.caseNo === undefined ? {} : { note: item.caseNo }) },
        item.amountFen === 0 ? { text: '' } : { amountFen: item.amountFen },
        item.moneyChangeFen === 0 ? { text: '' } : { amountFen: item.moneyChangeFen },
      ],
    })),
  }
}

/** Digits in groups, so that two papers can be compared by eye. */
export function groups(hash: string): string {
  return hash.match(/.{1,8}/g)?.join(' ') ?? ''
}

function proofFacts({ seal, checkpoint }: ProvenStatement, { t, time }: Presenter): object[] {
  const fact = (key: string, text: string): object => ({ label: t(`ledger:statement.proof.${key}`), text })
  return [
    ...(seal
      ? [
          fact('closeSeq', String(seal.closeSeq)),
          fact('closeHash', groups(seal.closeHash)),
          fact('seal', groups(seal.seal)),
          fact('sealSignature', seal.signature),
        ]
      : []),
    ...(checkpoint
      ? [
          fact('size', String(checkpoint.size)),
          fact('at', time(checkpoint.at, 'full')),
          fact('key', groups(checkpoint.key)),
        ]
      : []),
  ]
}
