import { faultTable } from '../../ledger/index.ts'
import type { FieldVault } from '../../platform/privacy/index.ts'
import type { FormParts, Presenter, TableView, TagView } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import type { Actor } from '../../shared/actor.ts'
import { may } from '../../shared/permissions.ts'
import { DECISION_PERMISSIONS } from '../aid-permissions.ts'
import type { DecisionRecord } from '../decision.ts'
import { isForBank } from './make-payment-file.ts'
import type { FileLine, PaymentFile } from './payment-file.ts'
import { MAX_ORDERS, WITHDRAW_REASONS } from './payment-file.ts'
import { payeeOf } from './payment-rows.ts'
import type { AnswerPreview } from './take-answer.ts'

/** All payment files a person may know of: those at the bank first. */
export function paymentFilesPage(files: readonly PaymentFile[], actor: Actor, present: Presenter): object {
  const { t } = present
  const table: TableView = {
    caption: t('aid:paymentFile.list'),
    hideCaption: true,
    columns: [
      { text: t('aid:paymentFile.no') },
      { text: t('aid:paymentFile.state') },
      { text: t('aid:paymentFile.count'), numeric: true },
      { text: t('aid:paymentFile.sum'), numeric: true },
      { text: t('aid:paymentFile.madeAt') },
    ],
    rows: files.map((file) => ({
      id: file.no,
      cells: [
        { text: file.no, href: `/payments/files/${file.no}` },
        { tag: fileTag(file, present) },
        { text: String(file.count) },
        { amountFen: file.sumFen },
        { at: file.madeAt },
      ],
    })),
  }
  return {
    title: t('aid:paymentFile.list'),
    rooms: actor.roles.map(({ unit }) => `unit:${unit}`).join(' '),
    hasFiles: files.length > 0,
    table,
  }
}

/** Which transfers go into the next file: all that wait, unless somebody takes one out. */
export function newPaymentFilePage(
  vault: FieldVault,
  decisions: readonly DecisionRecord[],
  present: Presenter,
  form: FormParts = {},
): object {
  const { t } = present
  const waiting = decisions.flatMap((decision) =>
    decision.orders
      .filter((order) => order.state === 'HELD' && isForBank(order))
      .map((order) => ({ decision, order, payee: payeeOf(vault, decision, order) })),
  )
  const ready = waiting.filter(({ payee }) => payee.account)
  const options = ready.slice(0, MAX_ORDERS).map(({ order, payee, decision }) => ({
    value: order.id,
    text: t('aid:paymentFile.new.order', {
      money: present.money(order.amountFen),
      payee: payee.name,
      caseNo: decision.caseNo,
      at: present.time(decision.decidedAt),
    }),
  }))
  return {
    title: t('aid:paymentFile.new.title'),
    options: options.length > 0 ? options : undefined,
    withoutAccount: waiting.length - ready.length || undefined,
    form: formView(present, { values: { orderIds: options.map(({ value }) => value) }, ...form }),
  }
}

/** One file: what is in it, where it is, and what can be done with it now. */
export function paymentFilePage(
  file: PaymentFile,
  actor: Actor,
  present: Presenter,
  nameOf: (id: string) => string,
  form: FormParts = {},
): object {
  const { t } = present
  const base = `/payments/files/${file.no}`
  const isOpen = file.state === 'OPEN'
  const mayPay = isOpen && may(DECISION_PERMISSIONS, actor, 'payment.pay', file)
  const mayWithdraw = isOpen && may(DECISION_PERMISSIONS, actor, 'payment.withdraw_file', file)
  return {
    title: t('aid:paymentFile.title', { no: file.no }),
    tag: fileTag(file, present),
    facts: fileFacts(file, present, nameOf),
    table: linesTable(file.lines, present),
    downloadAction: mayPay ? `${base}/download` : undefined,
    checkAction: mayPay ? `${base}/answer/check` : undefined,
    withdrawAction: mayWithdraw ? `${base}/withdraw` : undefined,
    reasons: WITHDRAW_REASONS.map((value) => ({ value, text: t(`aid:paymentFile.withdrawReason.${value}`) })),
    form: formView(present, form),
  }
}

/** What the bank's answer means, before it is taken; or what is wrong with it, line by line. */
export function answerPage(
  file: PaymentFile,
  preview: AnswerPreview,
  sent: string,
  present: Presenter,
  form: FormParts = {},
): object {
  const { t } = present
  const { paid, paidFen, rejected, rejectedFen, faults, isRepeat } = preview
  return {
    title: t('aid:paymentFile.answer.title', { no: file.no }),
    backHref: `/payments/files/${file.no}`,
    facts: [
      { label: t('aid:paymentFile.answer.paid', { count: paid }), cell: { amountFen: paidFen } },
      { label: t('aid:paymentFile.answer.rejected', { count: rejected }), cell: { amountFen: rejectedFen } },
    ],
    isRepeat,
    isGood: faults.length === 0 && !isRepeat,
    faults: faults.length > 0 ? faultTable(faults, present) : undefined,
    action: `/payments/files/${file.no}/answer`,
    sent,
    form: formView(present, form),
  }
}

function fileFacts(file: PaymentFile, present: Presenter, nameOf: (id: string) => string): object[] {
  const { t } = present
  const row = (name: string, text: string): object => ({ label: t(`aid:paymentFile.${name}`), cell: { text } })
  const said = (who: string, at: Date): string => `${nameOf(who)} · ${present.time(at)}`
  return [
    row('count', String(file.count)),
    { label: t('aid:paymentFile.sum'), cell: { amountFen: file.sumFen } },
    row('capital', present.capital(file.sumFen)),
    row('madeBy', said(file.madeBy, file.madeAt)),
    ...(file.answer ? [row('answeredBy', said(file.answer.by, file.answer.at))] : []),
    ...(file.withdrawn
      ? [
          row('withdrawnBy', said(file.withdrawn.by, file.withdrawn.at)),
          row('why', t(`aid:paymentFile.withdrawReason.${file.withdrawn.reason}`)),
        ]
      : []),
    row('digest', file.digest.match(/.{1,8}/g)?.join(' ') ?? ''),
  ]
}

function linesTable(lines: readonly FileLine[], present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('aid:paymentFile.lines'),
    hideCaption: true,
    columns: [
      { text: t('aid:paymentFile.order') },
      { text: t('aid:paymentFile.sum'), numeric: true },
      { text: t('aid:paymentFile.state') },
      { text: t('aid:paymentFile.reference') },
    ],
    rows: lines.map(({ orderId, caseNo, amountFen, state, reference, on, reason }) => ({
      id: orderId,
      cells: [
        { text: caseNo, href: `/payments/${encodeURIComponent(orderId)}` },
        { amountFen },
        { tag: { text: t(`aid:paymentFile.lineState.${state}`), tone: state === 'SENT' ? 'waiting' : 'plain' } },
        reason
          ? { text: t(`aid:failReason.${reason}`) }
          : { text: reference ?? '', ...(on === undefined ? {} : { note: on }) },
      ],
    })),
  }
}

function fileTag({ state }: PaymentFile, { t }: Presenter): TagView {
  return { text: t(`aid:paymentFile.fileState.${state}`), tone: state === 'OPEN' ? 'waiting' : 'plain' }
}
