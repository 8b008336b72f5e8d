import type { FormParts, Presenter, Row, TableView } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import type { Actor } from '../../shared/actor.ts'
import { may } from '../../shared/permissions.ts'
import { subjectOf } from '../act-on-fund.ts'
import type { FundSummary } from '../fund-view.ts'
import { accountName, fundTitle } from '../fund-words.ts'
import type { BankFault } from './bank-fault.ts'
import type { BankAction } from './bank-permissions.ts'
import { BANK_PERMISSIONS } from './bank-permissions.ts'
import type { StatementPreview } from './import-statement.ts'
import { SUSPENSE_REASONS } from './match.ts'
import type { InTransit, OpenLine, Reconciliation } from './reconciliation.ts'
import { bankSideOf } from './bank-account.ts'

/** What the page of a fund's bank is made of. */
export interface BankPageParts {
  readonly fund: Pick<FundSummary, 'fundId' | 'kind' | 'name'>
  readonly found: Reconciliation
  readonly nameOf: (id: string) => string
}

/** The book against the bank: the identity, what is open on either side, and what can be done about it. */
export function bankPage(parts: BankPageParts, actor: Actor, present: Presenter, form: FormParts = {}): object {
  const { fund, found } = parts
  const { t } = present
  const can = (action: BankAction): boolean => may(BANK_PERMISSIONS, actor, action, subjectOf(fund.fundId))
  const base = `/funds/${fund.fundId}/bank`
  const hasAccount = found.account !== undefined
  return {
    title: t('ledger:bank.title'),
    fundTitle: fundTitle(fund, present),
    backHref: `/funds/${fund.fundId}`,
    rooms: `fund:${fund.fundId}`,
    hasAccount,
    account: hasAccount ? accountLine(found, present) : undefined,
    registerAction: !hasAccount && can('bank.register') ? `${base}/account` : undefined,
    checkAction: hasAccount && can('bank.import') ? `${base}/check` : undefined,
    identity: hasAccount ? identity(found, present) : undefined,
    gap: found.gapFen === 0 ? undefined : t('ledger:bank.gap', { sum: present.money(found.gapFen) }),
    share: found.lines > 0 ? t('ledger:bank.share', { matched: found.matched, lines: found.lines }) : undefined,
    lines: found.openLines.map((line) => lineView(line, parts, actor, can, present)),
    isClear: hasAccount && found.lines > 0 && found.openLines.length === 0,
    transit: found.transit.length > 0 ? transitTable(found.transit, fund.fundId, present) : undefined,
    form: formView(present, form),
  }
}

/** What a statement would bring, or what is wrong with it, line by line. */
export function statementPage(
  preview: StatementPreview,
  sent: string,
  present: Presenter,
  form: FormParts = {},
): object {
  const { t } = present
  const { fundId, added, known, faults } = preview
  const row = (name: string, cell: object): object => ({ label: t(`ledger:bank.preview.${name}`), cell })
  return {
    title: t('ledger:bank.preview.title'),
    backHref: `/funds/${fundId}/bank`,
    action: `/funds/${fundId}/bank/import`,
    faults: faults.length > 0 ? faultTable(faults, present) : undefined,
    nothingNew: faults.length === 0 && added === 0,
    isGood: faults.length === 0 && added > 0,
    facts: [
      row('account', { text: preview.account }),
      row('added', { text: String(added) }),
      row('known', { text: String(known) }),
      row('in', { amountFen: preview.inFen }),
      row('out', { amountFen: preview.outFen }),
      row('closing', { amountFen: preview.closingFen }),
    ],
    sent,
    form: formView(present, form),
  }
}

/** Faults of a file, by line. */
export function faultTable(faults: readonly BankFault[], { t }: Presenter): TableView {
  return {
    caption: t('ledger:bank.faults'),
    hideCaption: true,
    columns: [{ text: t('ledger:bank.line') }, { text: t('ledger:bank.what') }],
    rows: faults.map(({ line, code, column }) => ({
      cells: [
        { text: line === 0 ? t('ledger:bank.wholeFile') : String(line) },
        { text: t(`ledger:bank.fault.${code}`), ...(column ? { note: column } : {}) },
      ],
    })),
  }
}

function accountLine({ account = '', upTo }: Reconciliation, { t }: Presenter): string {
  return upTo === '' ? t('ledger:bank.accountNew', { account }) : t('ledger:bank.accountUpTo', { account, upTo })
}

/** `book − in transit + not booked = bank`, line by line. */
function identity(found: Reconciliation, present: Presenter): object[] {
  const { t } = present
  return [
    {
      text: `${t('ledger:bank.book')} · ${accountName(bankSideOf(found.fundId) ?? 'bank', present)}`,
      amountFen: found.bookFen,
    },
    { text: t('ledger:bank.inTransit'), amountFen: 0 - found.inTransitFen },
    { text: t('ledger:bank.notBooked'), amountFen: found.notBookedFen },
    { text: t('ledger:bank.bank'), amountFen: found.bankFen, total: true },
  ]
}

function lineView(
  line: OpenLine,
  { fund, nameOf }: BankPageParts,
  actor: Actor,
  can: (action: BankAction) => boolean,
  present: Presenter,
): object {
  const { t } = present
  const base = `/funds/${fund.fundId}/bank`
  const { proposal } = line
  return {
    id: line.lineId,
    on: line.on,
    amountFen: line.amountFen,
    text: [line.text, line.reference].filter(Boolean).join(' · '),
    age: t('ledger:age', { count: line.days }),
    fields: [{ name: 'lineId', value: line.lineId }],
    proposed: proposal && {
      text: proposal.reason
        ? t('ledger:bank.proposedReason', { reason: t(`ledger:bank.reason.${proposal.reason}`) })
        : t('ledger:bank.proposedEntry', { seq: proposal.entryId?.split(':').at(-1) ?? '' }),
      by: t('ledger:bank.proposedBy', { name: nameOf(proposal.proposedBy), at: present.time(proposal.proposedAt) }),
      confirmAction: can('bank.confirm') && proposal.proposedBy !== actor.staffId ? `${base}/confirm` : undefined,
      dropAction: can('bank.confirm') ? `${base}/drop` : undefined,
    },
    proposeAction: !proposal && can('bank.propose') ? `${base}/propose` : undefined,
    options: [
      ...line.candidates.map(({ entryId, seq, on }) => ({
        value: `entry:${entryId}`,
        text: t('ledger:bank.candidate', { seq, on }),
      })),
      ...(fund.kind === 'township' || fund.kind === 'village' ? SUSPENSE_REASONS : []).map((reason) => ({
        value: `reason:${reason}`,
        text: t('ledger:bank.toSuspense', { reason: t(`ledger:bank.reason.${reason}`) }),
      })),
    ],
  }
}

function transitTable(transit: readonly InTransit[], fundId: string, present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:bank.transit'),
    hideCaption: true,
    columns: [
      { text: t('ledger:column.voucher') },
      { text: t('ledger:column.since') },
      { text: t('ledger:column.amount'), numeric: true },
      { text: t('ledger:column.age') },
    ],
    rows: transit.map(({ entryId, seq, on, amountFen, days }): Row => ({
      id: entryId,
      cells: [
        { text: String(seq), href: `/funds/${fundId}/entries/${seq}` },
        { text: on },
        { amountFen },
        { text: t('ledger:age', { count: days }) },
      ],
    })),
  }
}
