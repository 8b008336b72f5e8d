import type { FormView, Presenter } from '../platform/views/index.ts'
import { moneyBar } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may } from '../shared/permissions.ts'
import { subjectOf } from './act-on-fund.ts'
import { BANK_PERMISSIONS } from './bank/bank-permissions.ts'
import { hasTill } from './cash/cash-count.ts'
import { CASH_PERMISSIONS } from './cash/cash-permissions.ts'
import type { EntryPage } from './entry-list.ts'
import { FUND_MOVES } from './fund-moves.ts'
import {
  debtsTable,
  leftOutTable,
  movementsTable,
  openTable,
  promisedTable,
  stockTable,
  waitingTable,
} from './fund-tables.ts'
import type { FundView } from './fund-view.ts'
import { accountName, fundTag, fundTitle } from './fund-words.ts'
import { FUND_PERMISSIONS } from './ledger-permissions.ts'
import { PERIOD_PERMISSIONS } from './periods/period-permissions.ts'
import type { ProposalView } from './proposals/proposal-view.ts'
import type { ReplenishProposal } from './replenish-proposal.ts'

interface FundPageParts {
  readonly fund: FundView
  readonly entries: EntryPage
  readonly proposal: ReplenishProposal
  /** What waits for a second person. */
  readonly waiting: readonly ProposalView[]
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
    beside: besideOf(fund, actor, present),
    moves: movesOf(fund, actor, present, true),
    moreMoves: movesOf(fund, actor, present, false),
    waiting: parts.waiting.length > 0 ? waitingTable(parts.waiting, present) : undefined,
    stock: fund.stock.length > 0 ? stockTable(fund.stock, present) : undefined,
    debts: fund.debts.length > 0 ? debtsTable(fund.debts, present) : undefined,
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
  const seldom = (
    [
      ['recover', fund.recoverFen],
      ['suspense', fund.suspenseFen],
    ] as const
  ).filter(([, amountFen]) => amountFen !== 0)
  return [
    ...[...lines, ...seldom].map(([account, amountFen]) => ({ text: accountName(account, present), amountFen })),
    ...(fund.returnFen === 0 ? [] : [{ text: accountName('return', present), amountFen: fund.returnFen }]),
    { text: accountName('quota', present), amountFen: fund.quotaFen, total: true },
  ]
}

function movesOf(fund: FundView, actor: Actor, { t }: Presenter, isDaily: boolean): object[] {
  const isFrozen = fund.status === 'frozen'
  return FUND_MOVES.filter(
    (move) =>
      move.isDaily === isDaily &&
      move.funds.includes(fund.kind) &&
      may(FUND_PERMISSIONS, actor, move.permission, subjectOf(fund.fundId)) &&
      isFrozen === (move.name === 'thaw') &&
      (move.name !== 'arrival' || fund.transitFen > 0),
  ).map(({ name }) => ({ text: t(`ledger:move.${name}.button`), href: `/funds/${fund.fundId}/moves/${name}` }))
}

/** What is held against this book: the bank, the till where there is one, and the months on paper. */
function besideOf({ fundId }: FundView, actor: Actor, { t }: Presenter): object[] {
  const subject = subjectOf(fundId)
  return [
    ...(may(BANK_PERMISSIONS, actor, 'bank.see', subject)
      ? [{ text: t('ledger:beside.bank'), href: `/funds/${fundId}/bank` }]
      : []),
    ...(hasTill(fundId) && may(CASH_PERMISSIONS, actor, 'cash.see', subject)
      ? [{ text: t('ledger:beside.cash'), href: `/funds/${fundId}/cash` }]
      : []),
    ...(may(PERIOD_PERMISSIONS, actor, 'statement.see', subject)
      ? [{ text: t('ledger:beside.statements'), href: `/funds/${fundId}/statements` }]
      : []),
  ]
}

function refundOf({ fund, proposal, waiting }: FundPageParts, actor: Actor, present: Presenter): object | undefined {
  const isMine = may(FUND_PERMISSIONS, actor, 'fund.propose-refund', subjectOf(fund.fundId))
  const isProposed = waiting.some(({ command }) => command.do === 'replenish')
  if (!isMine || isProposed || fund.status === 'frozen' || proposal.totalFen === 0) return undefined
  return {
    text: present.t('ledger:refund.button', { sum: present.money(proposal.totalFen) }),
    explain: present.t('ledger:refund.explain', { count: proposal.lines.length }),
    action: `/funds/${fund.fundId}/refund`,
    leftOut: proposal.leftOut.length > 0 ? leftOutTable(proposal.leftOut, present) : undefined,
    fields: [{ name: 'expectedFen', value: String(proposal.totalFen) }],
  }
}
