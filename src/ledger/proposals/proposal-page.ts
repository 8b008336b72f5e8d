import type { FormView, Presenter, Row, TableView } from '../../platform/views/index.ts'
import type { ClaimLine } from '../command.ts'
import { leftOutTable } from '../fund-tables.ts'
import { accountName, fundTitle } from '../fund-words.ts'
import { readFundId } from '../fund.ts'
import type { GoodsLine } from '../goods.ts'
import { REASONS, reasonText } from '../move-fields.ts'
import type { ProposalView } from './proposal-view.ts'

interface ProposalPageParts {
  readonly proposal: ProposalView
  readonly fundName: string
}

/** A proposal to be checked by a second person: what would be booked, what is left out, and the two answers. */
export function proposalPage({ proposal, fundName }: ProposalPageParts, present: Presenter, form: FormView): object {
  const { t } = present
  const { id, fundId, command, leftOut, digest, state, mayApprove, mayRefuse } = proposal
  const address = `/funds/${fundId}/proposals/${id}`
  return {
    title: t(`ledger:proposal.what.${command.do}`),
    fundTitle: fundTitle({ kind: readFundId(fundId)?.kind ?? 'township', name: fundName }, present),
    backHref: `/funds/${fundId}`,
    tag: { text: t(`ledger:proposal.state.${state}`), tone: TONES[state] },
    facts: factsOf(proposal, present),
    lines: 'lines' in command ? claimsTable(command.lines, present) : undefined,
    goods: 'goods' in command ? goodsTable(command.goods, present) : undefined,
    leftOut: leftOut && leftOut.length > 0 ? leftOutTable(leftOut, present) : undefined,
    explain: mayApprove ? t('ledger:proposal.check') : state === 'open' ? t('ledger:proposal.waits') : undefined,
    approve: mayApprove ? { action: `${address}/approve`, fields: [{ name: 'digest', value: digest }] } : undefined,
    refuse: mayRefuse ? { action: `${address}/refuse` } : undefined,
    reasons: REASONS.map((value) => ({ value, text: t(`ledger:reason.${value}`) })),
    form,
  }
}

const TONES = { open: 'waiting', approved: 'done', refused: 'problem' } as const

type Fact = { readonly label: string; readonly cell: Row['cells'][number] }

function factsOf(
  { fundId, command, totalFen, proposedAt, decidedAt, entryIds }: ProposalView,
  present: Presenter,
): Fact[] {
  const { t } = present
  const fact = (name: string, cell: Fact['cell']): Fact => ({ label: t(`ledger:proposal.${name}`), cell })
  return [
    ...(totalFen > 0 ? [fact('sum', { amountFen: totalFen })] : []),
    ...('account' in command ? [fact('account', { text: accountName(command.account, present) })] : []),
    ...('caseNo' in command ? [fact('case', { text: command.caseNo, href: `/cases/${command.caseNo}` })] : []),
    ...('of' in command ? [fact('about', { text: command.of })] : []),
    ...('type' in command ? [fact('type', { text: command.type })] : []),
    ...('debtor' in command ? [fact('debtor', { text: t(`ledger:debtor.${command.debtor}`) })] : []),
    ...('entryId' in command ? [fact('voucher', voucherCell(command.entryId))] : []),
    ...(command.reason === undefined ? [] : [fact('reason', { text: reasonText(command.reason, present) })]),
    fact('proposedAt', { at: proposedAt }),
    ...(decidedAt === undefined ? [] : [fact('decidedAt', { at: decidedAt })]),
    ...(entryIds ?? []).filter((id) => id.startsWith(`${fundId}:`)).map((id) => fact('booked', voucherCell(id))),
  ]
}

function voucherCell(entryId: string): Fact['cell'] {
  const at = entryId.lastIndexOf(':')
  const [fundId, seq] = [entryId.slice(0, at), entryId.slice(at + 1)]
  return { text: seq, href: `/funds/${fundId}/entries/${seq}` }
}

function claimsTable(lines: readonly ClaimLine[], present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:claims.title'),
    columns: [
      { text: t('ledger:column.case') },
      { text: t('ledger:column.type') },
      { text: t('ledger:column.amount'), numeric: true },
    ],
    rows: lines.map(({ caseNo, type, amountFen }) => ({
      cells: [{ text: caseNo, href: `/cases/${caseNo}` }, { text: type }, { amountFen }],
    })),
  }
}

function goodsTable(goods: readonly GoodsLine[], present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:stock.title'),
    columns: [
      { text: t('ledger:column.item') },
      { text: t('ledger:column.quantity'), numeric: true },
      { text: t('ledger:column.price'), numeric: true },
    ],
    rows: goods.map(({ item, quantity, unitFen }) => ({
      cells: [{ text: item }, { text: String(quantity) }, { amountFen: unitFen }],
    })),
  }
}
