import type { FormView, Presenter, TableView } from '../../platform/views/index.ts'
import type { Actor } from '../../shared/actor.ts'
import { mayEver } from '../../shared/permissions.ts'
import { balanceOf } from '../fund.ts'
import { fundTitle } from '../fund-words.ts'
import { PERIOD_PERMISSIONS } from '../periods/period-permissions.ts'
import { groups } from '../statements/statement-page.ts'
import type { Verdict } from '../verify/verifier.ts'
import type { LedgerOverview } from './audit-ledger.ts'

/** The auditor's view: all funds, their seals, the checkpoints to compare with those kept outside, and what verifying found. */
export function auditPage(
  overview: LedgerOverview,
  verdict: Verdict | undefined,
  actor: Actor,
  present: Presenter,
  form: FormView,
): object {
  const { t } = present
  const { funds, checkpoints, keys, seals } = overview
  return {
    title: t('ledger:audit.title'),
    explain: t('ledger:audit.explain'),
    form,
    figures: [
      { text: t('ledger:audit.figure.funds'), value: String(funds.length) },
      { text: t('ledger:audit.figure.entries'), value: String(funds.reduce((sum, { seq }) => sum + seq, 0)) },
      { text: t('ledger:audit.figure.seals'), value: String(seals.length) },
      { text: t('ledger:audit.figure.checkpoints'), value: String(checkpoints.length) },
    ],
    verify: { text: t('ledger:audit.verify'), action: '/audit' },
    verdict: verdict && verdictOf(verdict, overview, present),
    exportHref: mayEver(PERIOD_PERMISSIONS, actor, 'ledger.export') ? '/audit/export' : undefined,
    funds: funds.length > 0 ? fundsTable(overview, present) : undefined,
    checkpoints: checkpoints.length > 0 ? checkpointsTable(overview, present) : undefined,
    newest: checkpoints[0]?.note,
    keys: keys.length > 0 ? keysTable(overview, present) : undefined,
  }
}

function verdictOf({ entries, funds, faults }: Verdict, overview: LedgerOverview, present: Presenter): object {
  const { t } = present
  if (faults.length === 0) return { tone: 'done', text: t('ledger:audit.sound', { entries, funds }) }
  const table: TableView = {
    caption: t('ledger:audit.faults'),
    columns: [
      { text: t('ledger:column.fund') },
      { text: t('ledger:audit.column.firstBad'), numeric: true },
      { text: t('ledger:audit.column.what') },
    ],
    rows: faults.map(({ fundId, seq, check, detail }) => {
      const fund = overview.funds.find((found) => found.fundId === fundId)
      return {
        cells: [
          { text: fund ? fundTitle(fund, present) : fundId, note: fund ? fundId : '' },
          { text: String(seq) },
          { text: t(`ledger:audit.check.${check}`), note: detail },
        ],
      }
    }),
  }
  return { tone: 'problem', text: t('ledger:audit.broken', { count: faults.length }), table }
}

function fundsTable({ funds, seals }: LedgerOverview, present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:audit.funds'),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.fund') },
      { text: t('ledger:audit.column.entries'), numeric: true },
      { text: t('ledger:column.balance'), numeric: true },
      { text: t('ledger:audit.column.sealed') },
      { text: t('ledger:audit.column.hash') },
    ],
    rows: funds.map((head) => {
      const last = seals.filter(({ fundId }) => fundId === head.fundId).at(-1)
      const money = (['bank', 'cash', 'c_bank', 'd_bank'] as const).reduce((sum, at) => sum + balanceOf(head, at), 0)
      return {
        id: head.fundId,
        cells: [
          { text: fundTitle(head, present), href: `/funds/${head.fundId}` },
          { text: String(head.seq) },
          { amountFen: money },
          last
            ? { text: last.period, href: `/funds/${head.fundId}/statements/${last.period}`, note: short(last.seal) }
            : { text: t('ledger:audit.notYet') },
          { text: short(head.hash) },
        ],
      }
    }),
  }
}

function checkpointsTable({ checkpoints, cosignatures, keys }: LedgerOverview, present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:audit.checkpoints'),
    hideCaption: true,
    columns: [
      { text: t('ledger:audit.column.at') },
      { text: t('ledger:audit.column.entries'), numeric: true },
      { text: t('ledger:audit.column.root') },
      { text: t('ledger:audit.column.key') },
      { text: t('ledger:audit.column.witnesses') },
    ],
    rows: checkpoints.map(({ at, size, root, key }) => {
      const names = cosignatures.filter((found) => found.size === size).map(({ name }) => name)
      const no = keys.find(({ fingerprint }) => fingerprint === key)?.no
      return {
        id: String(size),
        cells: [
          { at },
          { text: String(size) },
          { text: root },
          { text: no === undefined ? '' : String(no) },
          { text: names.length > 0 ? names.join(' ') : t('ledger:audit.noWitness') },
        ],
      }
    }),
  }
}

function keysTable({ keys }: LedgerOverview, { t }: Presenter): TableView {
  return {
    caption: t('ledger:audit.keys'),
    hideCaption: true,
    columns: [
      { text: t('ledger:audit.column.key'), numeric: true },
      { text: t('ledger:audit.column.from') },
      { text: t('ledger:audit.column.fingerprint') },
    ],
    rows: keys.map(({ no, from, fingerprint }) => ({
      cells: [{ text: String(no) }, { at: from }, { text: groups(fingerprint) }],
    })),
  }
}

function short(hash: string): string {
  return `${hash.slice(0, 8)}…`
}
