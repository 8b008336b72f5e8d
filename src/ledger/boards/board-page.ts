import type { ChartView, Presenter, Row, TableView } from '../../platform/views/index.ts'
import { barChart } from '../../platform/views/index.ts'
import { fundTag, fundTitle, kindName } from '../fund-words.ts'
import type { FundSummary } from '../fund-view.ts'
import type { CountyBoard, OpenAdvance } from './county-board.ts'

/** A chart with the table that says the same, and a sentence for what it means. */
interface Panel {
  readonly id: string
  readonly title: string
  readonly text?: string
  readonly chart?: ChartView
  readonly table?: TableView
  /** That there is nothing is good news, or only news. */
  readonly empty?: string
  readonly none?: string
}

/** Bands of age in days: up to and including. Source: 5 working days for papers, then a week each. */
const AGE_BANDS = [5, 10, 20] as const

/** Rows of a report on the board; the rest is in the API. */
const MOST_ROWS = 30

/** The county's finance board: levels, what is open and how old, and everything that should not be as it is. */
export function boardPage(board: CountyBoard, present: Presenter): object {
  const { t } = present
  const titleOf = titlesOf(board.funds, present)
  return {
    title: t('ledger:board.title'),
    rooms: board.funds.map(({ fundId }) => `fund:${fundId}`).join(' '),
    asOf: t('ledger:board.asOf', { at: present.time(board.at) }),
    figures: figures(board, present),
    panels: [
      levels(board, present, titleOf),
      advances(board, present, titleOf),
      confirmations(board, present),
      quality(board, present, titleOf),
      late(board, present, titleOf),
      idle(board, present, titleOf),
      outflows(board, present, titleOf),
      approvals(board, present, titleOf),
    ],
  }
}

type TitleOf = (fundId: string) => string

function titlesOf(funds: readonly FundSummary[], present: Presenter): TitleOf {
  const titles = new Map(funds.map((fund) => [fund.fundId, fundTitle(fund, present)]))
  return (fundId) => titles.get(fundId) ?? fundId
}

function figures({ funds, advances: open }: CountyBoard, { t }: Presenter): object[] {
  const box = funds.filter(({ kind }) => kind === 'township' || kind === 'village')
  const sum = (pick: (fund: FundSummary) => number): number => box.reduce((total, fund) => total + pick(fund), 0)
  return [
    { text: t('ledger:figure.free'), amountFen: sum(({ freeFen }) => freeFen) },
    { text: t('ledger:figure.promised'), amountFen: sum(({ promisedFen }) => promisedFen) },
    { text: t('ledger:column.openAdvance'), amountFen: open.reduce((total, { amountFen }) => total + amountFen, 0) },
    { text: t('ledger:column.claim'), amountFen: sum(({ claimFen }) => claimFen) },
  ]
}

/** What is free against the fixed sum; those that need somebody first. */
function levels({ funds }: CountyBoard, present: Presenter, titleOf: TitleOf): Panel {
  const { t } = present
  const shown = funds
    .filter(({ kind, floatFen }) => (kind === 'township' || kind === 'village') && floatFen > 0)
    .sort((a, b) => levelOf(a) - levelOf(b))
  const chart = barChart({
    label: t('ledger:board.levels.label'),
    categories: shown.map(({ name }) => name),
    lying: true,
    series: [
      { name: t('ledger:figure.free'), values: shown.map(({ freeFen }) => yuan(freeFen)) },
      { name: t('ledger:board.levels.float'), values: shown.map(({ floatFen }) => yuan(floatFen)) },
    ],
  })
  const lows = shown.filter(({ isLow }) => isLow).length
  return {
    id: 'levels',
    title: t('ledger:board.levels.title'),
    text: lows === 0 ? t('ledger:board.levels.noneLow') : t('ledger:board.levels.low', { count: lows }),
    ...(shown.length > 0 ? { chart } : {}),
    table: {
      caption: t('ledger:board.levels.title'),
      hideCaption: true,
      columns: [
        { text: t('ledger:column.fund') },
        { text: t('ledger:column.free'), numeric: true },
        { text: t('ledger:board.levels.float'), numeric: true },
        { text: t('ledger:board.levels.share'), numeric: true },
        { text: t('ledger:column.state') },
      ],
      rows: shown.map((fund) => ({
        id: fund.fundId,
        cells: [
          { text: titleOf(fund.fundId), href: `/funds/${fund.fundId}` },
          { amountFen: fund.freeFen },
          { amountFen: fund.floatFen },
          { text: `${levelOf(fund)}%` },
          { tag: fundTag(fund, present) },
        ],
      })),
    },
  }
}

function advances({ advances: open }: CountyBoard, present: Presenter, titleOf: TitleOf): Panel {
  const { t } = present
  const overdue = open.filter(({ isLate }) => isLate)
  const bands = [...AGE_BANDS, Infinity].map((upTo, index) => {
    const from = index === 0 ? 0 : (AGE_BANDS[index - 1] ?? 0) + 1
    const within = open.filter(({ days }) => days >= from && days <= upTo)
    return { text: bandName(from, upTo, present), count: within.length, amountFen: sumOf(within) }
  })
  const chart = barChart({
    label: t('ledger:board.advances.label'),
    categories: bands.map(({ text }) => text),
    series: [{ name: t('ledger:column.amount'), values: bands.map(({ amountFen }) => yuan(amountFen)) }],
  })
  return {
    id: 'advances',
    title: t('ledger:board.advances.title'),
    text:
      overdue.length === 0
        ? t('ledger:board.advances.noneLate')
        : t('ledger:board.advances.late', { count: overdue.length, sum: present.money(sumOf(overdue)) }),
    ...(open.length > 0 ? { chart } : {}),
    table: {
      caption: t('ledger:board.advances.title'),
      hideCaption: true,
      columns: [
        { text: t('ledger:column.age') },
        { text: t('ledger:board.count'), numeric: true },
        { text: t('ledger:column.amount'), numeric: true },
      ],
      rows: [
        ...bands.map(({ text, count, amountFen }): Row => ({
          cells: [{ text }, { text: String(count) }, { amountFen }],
        })),
        ...overdue.slice(0, MOST_ROWS).map((one): Row => overdueRow(one, titleOf)),
      ],
    },
  }
}

function overdueRow({ fundId, caseNo, amountFen, dueAt }: OpenAdvance, titleOf: TitleOf): Row {
  return {
    cells: [
      dueAt ? { dueAt, note: titleOf(fundId) } : { text: titleOf(fundId) },
      { text: caseNo, href: `/cases/${caseNo}` },
      { amountFen },
    ],
  }
}

/** How long it takes from payment to confirmed papers. */
function confirmations({ confirmDays }: CountyBoard, present: Presenter): Panel {
  const { t } = present
  const bands = [...AGE_BANDS, Infinity].map((upTo, index) => {
    const from = index === 0 ? 0 : (AGE_BANDS[index - 1] ?? 0) + 1
    return {
      text: bandName(from, upTo, present),
      count: confirmDays.filter((days) => days >= from && days <= upTo).length,
    }
  })
  if (confirmDays.length === 0)
    return { id: 'confirmations', title: t('ledger:board.confirm.title'), none: t('ledger:board.confirm.none') }
  return {
    id: 'confirmations',
    title: t('ledger:board.confirm.title'),
    text: t('ledger:board.confirm.median', { count: medianOf(confirmDays), of: confirmDays.length }),
    chart: barChart({
      label: t('ledger:board.confirm.title'),
      categories: bands.map(({ text }) => text),
      series: [{ name: t('ledger:board.count'), values: bands.map(({ count }) => count) }],
    }),
    table: {
      caption: t('ledger:board.confirm.title'),
      hideCaption: true,
      columns: [{ text: t('ledger:column.age') }, { text: t('ledger:board.count'), numeric: true }],
      rows: bands.map(({ text, count }) => ({ cells: [{ text }, { text: String(count) }] })),
    },
  }
}

/** All of it should tend to nothing, and the share of matched lines to all. */
function quality({ quality: all }: CountyBoard, present: Presenter, titleOf: TitleOf): Panel {
  const { t } = present
  const age = (days: number): Row['cells'][number] => ({ text: days === 0 ? '–' : t('ledger:age', { count: days }) })
  return {
    id: 'quality',
    title: t('ledger:board.quality.title'),
    text: t('ledger:board.quality.text'),
    table: {
      caption: t('ledger:board.quality.title'),
      hideCaption: true,
      columns: [
        { text: t('ledger:column.fund') },
        { text: t('ledger:board.quality.transit') },
        { text: t('ledger:board.quality.hold') },
        { text: t('ledger:board.quality.debt') },
        { text: t('ledger:account.suspense'), numeric: true },
        { text: t('ledger:board.quality.matched') },
        { text: t('ledger:board.quality.uncounted'), numeric: true },
      ],
      rows: all.map((one) => ({
        id: one.fundId,
        cells: [
          { text: titleOf(one.fundId), href: `/funds/${one.fundId}/bank` },
          age(one.transitDays),
          age(one.holdDays),
          {
            ...age(one.debtDays),
            ...(one.debtFen > 0 ? { note: present.money(one.debtFen) } : {}),
          },
          { amountFen: one.suspenseFen },
          { text: one.lines === 0 ? '–' : `${one.matched} / ${one.lines}` },
          { text: String(one.missingCounts) },
        ],
      })),
    },
  }
}

function late(board: CountyBoard, present: Presenter, titleOf: TitleOf): Panel {
  const { t } = present
  const title = t('ledger:board.late.title', { count: board.lateHours })
  if (board.late.length === 0) return { id: 'late', title, empty: t('ledger:board.late.none') }
  return {
    id: 'late',
    title,
    table: {
      caption: title,
      hideCaption: true,
      columns: [
        { text: t('ledger:column.case') },
        { text: t('ledger:column.fund') },
        { text: t('ledger:column.amount'), numeric: true },
        { text: t('ledger:board.late.hours'), numeric: true },
        { text: t('ledger:column.state') },
      ],
      rows: board.late.slice(0, MOST_ROWS).map(({ caseNo, fundId, amountFen, hours, paidAt }) => ({
        cells: [
          { text: caseNo, href: `/cases/${caseNo}` },
          { text: titleOf(fundId) },
          { amountFen },
          { text: String(hours) },
          paidAt === undefined
            ? { tag: { text: t('ledger:board.late.waits'), tone: 'problem' as const } }
            : { tag: { text: t('ledger:board.late.paid'), tone: 'plain' as const } },
        ],
      })),
    },
  }
}

function idle(board: CountyBoard, present: Presenter, titleOf: TitleOf): Panel {
  const { t } = present
  const title = t('ledger:board.idle.title', { count: board.idleDays })
  if (board.idle.length === 0) return { id: 'idle', title, empty: t('ledger:board.idle.none') }
  return {
    id: 'idle',
    title,
    table: {
      caption: title,
      hideCaption: true,
      columns: [
        { text: t('ledger:column.fund') },
        { text: t('ledger:column.free'), numeric: true },
        { text: t('ledger:board.idle.last') },
      ],
      rows: board.idle.map(({ fundId, freeFen, lastAidAt }) => ({
        cells: [
          { text: titleOf(fundId), href: `/funds/${fundId}` },
          { amountFen: freeFen },
          lastAidAt === undefined ? { text: t('ledger:board.idle.never') } : { at: lastAidAt },
        ],
      })),
    },
  }
}

function outflows(board: CountyBoard, present: Presenter, titleOf: TitleOf): Panel {
  const { t } = present
  const title = t('ledger:board.outflow.title')
  if (board.outflows.length === 0) return { id: 'outflows', title, empty: t('ledger:board.outflow.none') }
  return {
    id: 'outflows',
    title,
    text: t('ledger:board.outflow.text'),
    table: {
      caption: title,
      hideCaption: true,
      columns: [
        { text: t('ledger:column.voucher') },
        { text: t('ledger:column.fund') },
        { text: t('ledger:column.what') },
        { text: t('ledger:column.when') },
        { text: t('ledger:column.amount'), numeric: true },
      ],
      rows: board.outflows.slice(0, MOST_ROWS).map(({ fundId, seq, kind, on, amountFen }) => ({
        cells: [
          { text: String(seq), href: `/funds/${fundId}/entries/${seq}` },
          { text: titleOf(fundId) },
          { text: kindName(kind, present) },
          { text: on },
          { amountFen },
        ],
      })),
    },
  }
}

function approvals(board: CountyBoard, present: Presenter, titleOf: TitleOf): Panel {
  const { t } = present
  const title = t('ledger:board.approvals.title')
  if (board.approvals.length === 0) return { id: 'approvals', title, empty: t('ledger:board.approvals.none') }
  return {
    id: 'approvals',
    title,
    table: {
      caption: title,
      hideCaption: true,
      columns: [
        { text: t('ledger:column.what') },
        { text: t('ledger:column.fund') },
        { text: t('ledger:column.amount'), numeric: true },
        { text: t('ledger:column.since') },
      ],
      rows: board.approvals.map(({ id, fundId, command, totalFen, proposedAt }) => ({
        id,
        cells: [
          { text: t(`ledger:proposal.what.${command.do}`), href: `/funds/${fundId}/proposals/${id}` },
          { text: titleOf(fundId) },
          { amountFen: totalFen },
          { at: proposedAt },
        ],
      })),
    },
  }
}

function bandName(from: number, upTo: number, { t }: Presenter): string {
  return Number.isFinite(upTo) ? t('ledger:board.band', { from, upTo }) : t('ledger:board.bandOpen', { from })
}

/** Percent of the fixed sum that is free, 0 and more. */
function levelOf({ freeFen, floatFen }: FundSummary): number {
  return floatFen > 0 ? Math.round((freeFen / floatFen) * 100) : 0
}

function medianOf(days: readonly number[]): number {
  const sorted = [...days].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

function sumOf(all: readonly { readonly amountFen: number }[]): number {
  return all.reduce((sum, { amountFen }) => sum + amountFen, 0)
}

/** Charts speak in yuan. */
function yuan(amountFen: number): number {
  return amountFen / 100
}
