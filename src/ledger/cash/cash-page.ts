import type { FormParts, Presenter, TableView, TagView } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import type { Actor } from '../../shared/actor.ts'
import { may } from '../../shared/permissions.ts'
import { subjectOf } from '../act-on-fund.ts'
import type { FundSummary } from '../fund-view.ts'
import { fundTitle } from '../fund-words.ts'
import type { CashCount } from './cash-count.ts'
import { DENOMINATIONS_FEN } from './cash-count.ts'
import { CASH_PERMISSIONS } from './cash-permissions.ts'

/** What the page of a till is made of. */
export interface CashPageParts {
  readonly fund: Pick<FundSummary, 'fundId' | 'kind' | 'name' | 'cashFen'>
  /** Newest first. */
  readonly counts: readonly CashCount[]
  /** Working days on which cash moved and nobody counted. */
  readonly missing: readonly string[]
  readonly nameOf: (id: string) => string
}

/** The till: count it, confirm the count, and every count before. */
export function cashPage(parts: CashPageParts, actor: Actor, present: Presenter, form: FormParts = {}): object {
  const { fund, counts, missing, nameOf } = parts
  const { t } = present
  const base = `/funds/${fund.fundId}/cash`
  const subject = subjectOf(fund.fundId)
  const waiting = counts.find(({ state }) => state === 'ENTERED')
  const mayCount = waiting === undefined && may(CASH_PERMISSIONS, actor, 'cash.count', subject)
  return {
    title: t('ledger:cash.title'),
    fundTitle: fundTitle(fund, present),
    backHref: `/funds/${fund.fundId}`,
    rooms: `fund:${fund.fundId}`,
    missing: missing.length > 0 ? t('ledger:cash.missing', { days: missing.join(t('ledger:cash.and')) }) : undefined,
    waiting: waiting && waitingView(waiting, actor, base, present, nameOf),
    enterAction: mayCount ? base : undefined,
    pieces: DENOMINATIONS_FEN.map((valueFen) => ({ name: `p${valueFen}`, text: present.money(valueFen) })),
    history: counts.length > 0 ? historyTable(counts, base, present, nameOf) : undefined,
    form: formView(present, form),
  }
}

/** A count on paper, for both to sign. */
export function countSlip(
  fund: Pick<FundSummary, 'fundId' | 'kind' | 'name'>,
  count: CashCount,
  url: string,
  present: Presenter,
  nameOf: (id: string) => string,
): object {
  const { t } = present
  const row = (name: string, text: string): object => ({ label: t(`ledger:cash.${name}`), cell: { text } })
  return {
    title: t('ledger:cash.slip'),
    paper: 'A5',
    unit: fundTitle(fund, present),
    number: count.id.slice(-8),
    url,
    facts: [
      row('countedAt', present.time(count.countedAt)),
      row('counted', present.money(count.countedFen)),
      row('capital', present.capital(count.countedFen)),
      row('book', `${present.money(count.bookFen)} · ${t('ledger:cash.asOf', { seq: count.bookSeq })}`),
      row('difference', differenceText(count, present)),
      row('custodian', nameOf(count.countedBy)),
      row('witness', count.witness === undefined ? t('ledger:cash.state.ENTERED') : nameOf(count.witness)),
      ...(count.entryId === undefined ? [] : [row('voucher', count.entryId.split(':').at(-1) ?? '')]),
    ],
    table: count.pieces ? piecesTable(count, present) : undefined,
  }
}

function waitingView(
  count: CashCount,
  actor: Actor,
  base: string,
  present: Presenter,
  nameOf: (id: string) => string,
): object {
  const { t } = present
  const mayWitness =
    count.countedBy !== actor.staffId && may(CASH_PERMISSIONS, actor, 'cash.witness', subjectOf(count.fundId))
  return {
    text: t('ledger:cash.waits', { name: nameOf(count.countedBy), at: present.time(count.countedAt) }),
    figures: [
      { text: t('ledger:cash.counted'), amountFen: count.countedFen },
      { text: t('ledger:cash.book'), amountFen: count.bookFen },
      { text: t('ledger:cash.difference'), amountFen: count.differenceFen },
    ],
    note: count.differenceFen === 0 ? undefined : t('ledger:cash.differenceNote'),
    confirmAction: mayWitness ? `${base}/${count.id}/confirm` : undefined,
    refuseAction: mayWitness ? `${base}/${count.id}/refuse` : undefined,
  }
}

function historyTable(
  counts: readonly CashCount[],
  base: string,
  present: Presenter,
  nameOf: (id: string) => string,
): TableView {
  const { t } = present
  return {
    caption: t('ledger:cash.history'),
    hideCaption: true,
    columns: [
      { text: t('ledger:cash.countedAt') },
      { text: t('ledger:cash.counted'), numeric: true },
      { text: t('ledger:cash.book'), numeric: true },
      { text: t('ledger:cash.difference'), numeric: true },
      { text: t('ledger:cash.people') },
      { text: t('ledger:column.state') },
      { text: t('ledger:cash.slip'), hideText: true },
    ],
    rows: counts.map((count) => ({
      id: count.id,
      cells: [
        { at: count.countedAt },
        { amountFen: count.countedFen },
        { amountFen: count.bookFen },
        { amountFen: count.differenceFen },
        { text: [count.countedBy, count.witness].flatMap((id) => (id === undefined ? [] : nameOf(id))).join(' / ') },
        { tag: stateTag(count, present) },
        { action: { href: `${base}/${count.id}/slip`, text: t('ledger:cash.print') } },
      ],
    })),
  }
}

function piecesTable({ pieces = [], countedFen }: CashCount, present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:cash.pieces'),
    columns: [
      { text: t('ledger:cash.piece'), numeric: true },
      { text: t('ledger:cash.number'), numeric: true },
      { text: t('ledger:column.amount'), numeric: true },
    ],
    rows: [
      ...pieces.map(({ valueFen, count }) => ({
        cells: [{ amountFen: valueFen }, { text: String(count) }, { amountFen: valueFen * count }],
      })),
      { cells: [{ text: t('ledger:voucher.total') }, { text: '' }, { amountFen: countedFen }] },
    ],
  }
}

function stateTag({ state, differenceFen }: CashCount, { t }: Presenter): TagView {
  if (state === 'CONFIRMED' && differenceFen === 0) return { text: t('ledger:cash.state.AGREES'), tone: 'done' }
  return {
    text: t(`ledger:cash.state.${state}`),
    tone: state === 'ENTERED' ? 'waiting' : state === 'REFUSED' ? 'plain' : 'problem',
  }
}

function differenceText({ differenceFen }: CashCount, present: Presenter): string {
  const word = differenceFen === 0 ? 'agrees' : differenceFen < 0 ? 'short' : 'over'
  return present.t(`ledger:cash.${word}`, { sum: present.money(Math.abs(differenceFen)) })
}
