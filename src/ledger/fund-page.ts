import type { FormView, Presenter, Row, TableView } from '../platform/views/index.ts'
import { moneyBar } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may } from '../shared/permissions.ts'
import { subjectOf } from './act-on-fund.ts'
import type { EntryPage } from './entry-list.ts'
import { FUND_MOVES } from './fund-moves.ts'
import type { FundView, OpenItem } from './fund-view.ts'
import { accountName, fundTag, fundTitle, kindName } from './fund-words.ts'
import { FUND_PERMISSIONS } from './ledger-permissions.ts'
import type { ReplenishProposal } from './replenish-proposal.ts'

interface FundPageParts {
  readonly fund: FundView
  readonly entries: EntryPage
  readonly proposal: ReplenishProposal
}

/** A fund as its people see it: what is in the box, what is promised, what is open, every movement. */
export function fundPage(parts: FundPageParts, actor: Actor, present: Presenter, form: FormView): object {
  const { fund, entries } = parts
  const { t } = present
  return {
    title: fundTitle(fund, present),
    tag: fundTag(fund, present),
    rooms: `fund:${fund.fundId}`,
    figures: figures(fund, present),
    bar: fund.floatFen > 0 ? floatBar(fund, present) : undefined,
    proof: hasImprest(fund) ? proof(fund, present) : undefined,
    moves: movesOf(fund, actor, present),
    low: fund.isLow ? t('ledger:low', { mark: present.money(fund.lowWaterMarkFen) }) : undefined,
    promised: fund.promised.length > 0 ? promisedTable(fund, present) : undefined,
    advances: fund.advances.length > 0 ? openTable('advances', fund.advances, present) : undefined,
    claims: fund.claims.length > 0 ? openTable('claims', fund.claims, present) : undefined,
    refund: refundOf(parts, actor, present),
    movements: movementsTable(fund, entries, present),
    form,
  }
}

/** Four numbers that answer "can I help tonight?". */
function figures(fund: FundView, { t }: Presenter): object[] {
  const goods = hasImprest(fund) ? [{ text: t('ledger:figure.goods'), amountFen: fund.freeGoodsFen }] : []
  return [
    { text: t('ledger:figure.box'), amountFen: fund.bankFen + fund.cashFen },
    { text: t('ledger:figure.promised'), amountFen: fund.promisedFen },
    { text: t('ledger:figure.free'), amountFen: fund.freeFen },
    ...goods,
  ]
}

function floatBar(fund: FundView, present: Presenter): object {
  const usedFen = Math.max(0, fund.floatFen - fund.freeFen)
  const note = present.t('ledger:bar.note', { mark: present.money(fund.lowWaterMarkFen) })
  return moneyBar(present, { label: present.t('ledger:bar.label'), usedFen, limitFen: fund.floatFen, note })
}

function hasImprest({ kind }: FundView): boolean {
  return kind === 'township' || kind === 'village'
}

/** The imprest identity, line by line: where everything is that was entrusted to the fund. */
function proof(fund: FundView, present: Presenter): object[] {
  const lines = [
    ['bank', fund.bankFen],
    ['cash', fund.cashFen],
    ['inkind', fund.goodsFen],
    ['transit', fund.transitFen],
    ['advance', fund.openAdvanceFen],
    ['claim', fund.claimFen],
  ] as const
  return [
    ...lines.map(([account, amountFen]) => ({ text: accountName(account, present), amountFen })),
    { text: accountName('quota', present), amountFen: fund.quotaFen, total: true },
  ]
}

function movesOf(fund: FundView, actor: Actor, { t }: Presenter): object[] {
  if (fund.status === 'frozen') return []
  return FUND_MOVES.filter(
    ({ funds, permission, name }) =>
      funds.includes(fund.kind) &&
      may(FUND_PERMISSIONS, actor, permission, subjectOf(fund.fundId)) &&
      (name !== 'arrival' || fund.transitFen > 0),
  ).map(({ name }) => ({ text: t(`ledger:move.${name}.button`), href: `/funds/${fund.fundId}/moves/${name}` }))
}

function refundOf({ fund, proposal }: FundPageParts, actor: Actor, present: Presenter): object | undefined {
  const isMine = may(FUND_PERMISSIONS, actor, 'fund.replenish', subjectOf(fund.fundId))
  if (!isMine || proposal.totalFen === 0) return undefined
  return {
    text: present.t('ledger:refund.button', { sum: present.money(proposal.totalFen) }),
    explain: present.t('ledger:refund.explain', { count: proposal.lines.length }),
    action: `/funds/${fund.fundId}/refund`,
    fields: [{ name: 'expectedFen', value: String(proposal.totalFen) }],
  }
}

function promisedTable(fund: FundView, present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:promised.title'),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.case') },
      { text: t('ledger:column.account') },
      { text: t('ledger:column.amount'), numeric: true },
      { text: t('ledger:column.since') },
    ],
    rows: fund.promised.map(({ holdId, caseNo, account, amountFen, placedAt }) => ({
      id: holdId,
      cells: [
        { text: caseNo, href: `/cases/${caseNo}` },
        { text: accountName(account, present) },
        { amountFen },
        { at: placedAt },
      ],
    })),
  }
}

function openTable(kind: 'advances' | 'claims', items: readonly OpenItem[], present: Presenter): TableView {
  const { t } = present
  return {
    caption: t(`ledger:${kind}.title`),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.case') },
      { text: t('ledger:column.amount'), numeric: true },
      { text: t('ledger:column.age') },
    ],
    rows: items.map(({ caseNo, type, amountFen, days }) => ({
      cells: [
        { text: caseNo, href: `/cases/${caseNo}`, ...(type === undefined ? {} : { note: type }) },
        { amountFen },
        { text: t('ledger:age', { count: days }) },
      ],
    })),
  }
}

function movementsTable(fund: FundView, { items, next }: EntryPage, present: Presenter): TableView {
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

/** Nothing says more than ¥0.00 where nothing moved. */
function sumOrNothing(amountFen: number): Row['cells'][number] {
  return amountFen === 0 ? { text: '' } : { amountFen }
}
