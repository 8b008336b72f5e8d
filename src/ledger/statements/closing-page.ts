import type { FormView, Presenter, TableView } from '../../platform/views/index.ts'
import type { Actor } from '../../shared/actor.ts'
import { mayEver } from '../../shared/permissions.ts'
import type { FundHead } from '../fund.ts'
import { fundTitle } from '../fund-words.ts'
import type { CloseOutcome } from '../periods/close-month.ts'
import { monthAfter, nextToClose } from '../periods/months.ts'
import { PERIOD_PERMISSIONS } from '../periods/period-permissions.ts'
import type { Seal } from '../periods/seal.ts'
import { stateOfMonth } from './find-statement.ts'
import { stateTag } from './statement-page.ts'

/** What the county's closing page shows. */
export interface ClosingState {
  readonly heads: readonly FundHead[]
  readonly seals: readonly Seal[]
  /** The present month, and the one before it. */
  readonly now: string
  readonly last: string
  /** What became of each fund just now. */
  readonly outcomes: readonly CloseOutcome[]
}

/** The county's months: how far each fund has come with the last one, the button that closes it, and the papers of all months. */
export function closingPage(state: ClosingState, actor: Actor, present: Presenter, form: FormView): object {
  const { t } = present
  const { heads, last, outcomes } = state
  const isOpen = heads.some((head) => head.period !== '' && nextToClose(head) <= last)
  const months = monthsSeen(state)
  return {
    title: t('ledger:closing.title'),
    form,
    explain: t('ledger:closing.explain'),
    lastTitle: t('ledger:closing.last', { period: last }),
    funds: heads.length > 0 ? fundsTable(state, present) : undefined,
    close:
      isOpen && mayEver(PERIOD_PERMISSIONS, actor, 'period.close')
        ? {
            text: t('ledger:closing.button', { period: last }),
            action: '/statements',
            fields: [{ name: 'period', value: last }],
          }
        : undefined,
    refused: refusedTable(outcomes, heads, present),
    months: months.length > 0 ? monthsTable(months, present) : undefined,
  }
}

function fundsTable({ heads, seals, last, now }: ClosingState, present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:closing.last', { period: last }),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.fund') },
      { text: t('ledger:closing.next') },
      { text: t('ledger:column.state') },
    ],
    rows: heads.map((head) => {
      const seal = seals.find(({ fundId, period }) => fundId === head.fundId && period === last)
      return {
        id: head.fundId,
        cells: [
          { text: fundTitle(head, present), href: `/funds/${head.fundId}/statements` },
          { text: nextToClose(head) },
          { tag: stateTag(stateOfMonth(head, last, seal, now), present) },
        ],
      }
    }),
  }
}

function refusedTable(
  outcomes: readonly CloseOutcome[],
  heads: readonly FundHead[],
  present: Presenter,
): TableView | undefined {
  const refused = outcomes.filter(({ outcome }) => outcome === 'refused')
  if (refused.length === 0) return undefined
  const { t } = present
  return {
    caption: t('ledger:closing.refused'),
    columns: [{ text: t('ledger:column.fund') }, { text: t('ledger:closing.why') }],
    rows: refused.map(({ fundId, code = '', details = {} }) => {
      const head = heads.find((found) => found.fundId === fundId)
      return { cells: [{ text: head ? fundTitle(head, present) : fundId }, { text: present.error(code, details) }] }
    }),
  }
}

/** From the first month any fund has seen to the present one, newest first. */
function monthsSeen({ heads, seals, now }: ClosingState): string[] {
  const firsts = [...heads.map((head) => nextToClose(head)), ...seals.map(({ period }) => period)].filter(Boolean)
  const months: string[] = []
  for (let period = [...firsts].sort()[0] ?? monthAfter(now); period <= now; period = monthAfter(period))
    months.unshift(period)
  return months
}

function monthsTable(months: readonly string[], { t }: Presenter): TableView {
  return {
    caption: t('ledger:closing.papers'),
    hideCaption: true,
    columns: [{ text: t('ledger:statement.column.month') }],
    rows: months.map((period) => ({ cells: [{ text: period, href: `/statements/${period}` }] })),
  }
}
