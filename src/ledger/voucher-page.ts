import type { Presenter, TableView } from '../platform/views/index.ts'
import { readDebtSub } from './debt.ts'
import type { Leg } from './entry.ts'
import { amountFenOf, fundOfEntry } from './entry.ts'
import { accountName, fundTitle, kindName } from './fund-words.ts'
import { readFundId } from './fund.ts'
import { BY_VALUE, stockLine } from './goods.ts'
import { reasonText } from './move-fields.ts'
import type { StoryLine } from './story-accounts.ts'
import type { Voucher } from './voucher.ts'

/** Digits of the hash printed on a voucher in groups, so that two papers can be compared by eye. */
const GROUP = 8

/**
 * A voucher to print and sign: the legs, where it stands in the fund's chain, and its hash.
 *
 * @param publicUrl - where the product is reached from a phone, for the printed code
 */
export function voucherPage(voucher: Voucher, publicUrl: string, present: Presenter): object {
  const { entry, fundId, fundName, debits, credits, totalFen } = voucher
  const { t } = present
  const kind = readFundId(fundId)?.kind ?? 'township'
  return {
    title: t('ledger:voucher.title'),
    unit: fundTitle({ kind, name: fundName }, present),
    number: String(entry.seq),
    backHref: `/funds/${fundId}`,
    url: `${publicUrl}/funds/${fundId}/entries/${entry.seq}`,
    facts: [
      { label: t('ledger:voucher.kind'), cell: { text: kindName(entry.kind, present) } },
      { label: t('ledger:voucher.bookedAt'), cell: { at: entry.bookedAt } },
      { label: t('ledger:voucher.effectiveOn'), cell: { text: entry.effectiveOn } },
      ...(entry.lateFor ? [{ label: t('ledger:voucher.lateFor'), cell: { text: entry.lateFor } }] : []),
      ...(entry.reason
        ? [{ label: t('ledger:voucher.reason'), cell: { text: reasonText(entry.reason, present) } }]
        : []),
      ...(entry.reverses ? [{ label: t('ledger:voucher.reverses'), cell: voucherCell(entry.reverses) }] : []),
      ...(entry.caseNo ? [{ label: t('ledger:voucher.case'), cell: { text: entry.caseNo } }] : []),
      ...(entry.hold ? [{ label: t('ledger:voucher.promise'), cell: { amountFen: entry.hold.amountFen } }] : []),
      {
        label: t('ledger:voucher.source'),
        cell: sourceCell(entry.source, present),
      },
      ...(entry.twins.length > 0 ? [{ label: t('ledger:voucher.twins'), cell: { text: entry.twins.join(' ') } }] : []),
    ],
    table: totalFen > 0 ? legsTable(debits, credits, totalFen, present) : undefined,
    accounts: voucher.accounts.length > 0 ? accountsTable(voucher.accounts, present) : undefined,
    totalFen: totalFen > 0 ? totalFen : amountFenOf(entry),
    hash: groups(entry.hash),
    prev: groups(entry.prev),
  }
}

function legsTable(debits: readonly Leg[], credits: readonly Leg[], totalFen: number, present: Presenter): TableView {
  const { t } = present
  const row = (leg: Leg) => ({
    cells: [
      { text: accountName(leg.a, present), ...(leg.s === undefined ? {} : { note: partText(leg, present) }) },
      leg.d > 0 ? { amountFen: leg.d } : { text: '' },
      leg.c > 0 ? { amountFen: leg.c } : { text: '' },
    ],
  })
  return {
    caption: t('ledger:voucher.legs'),
    columns: [
      { text: t('ledger:voucher.account') },
      { text: t('ledger:voucher.debit'), numeric: true },
      { text: t('ledger:voucher.credit'), numeric: true },
    ],
    rows: [
      ...debits.map(row),
      ...credits.map(row),
      { cells: [{ text: t('ledger:voucher.total') }, { amountFen: totalFen }, { amountFen: totalFen }] },
    ],
  }
}

/** A part of an account in words: an item with its quantity and price, a case with its type or debtor. */
function partText({ a, s = '', d, c }: Leg, { t, money }: Presenter): string {
  if (a === 'inkind') {
    const { item, quantity, unitFen } = stockLine({ sub: s, amountFen: d > 0 ? d : c })
    return item === BY_VALUE.item ? t('ledger:stock.byValue') : `${item} ${quantity} × ${money(unitFen)}`
  }
  if (a !== 'recover' && a !== 'c_recover') return s.replace('|', ' ')
  const { of, debtor } = readDebtSub(s)
  return `${of} ${t(`ledger:debtor.${debtor}`)}`
}

function voucherCell(id: string): object {
  const fundId = fundOfEntry(id)
  const seq = id.slice(fundId.length + 1)
  return { text: seq, href: `/funds/${fundId}/entries/${seq}` }
}

/** `ADVANCE:S01` in words, with the case, place or type as a note. */
function storyCell(account: string, { t }: Presenter): { text: string; note?: string } {
  const at = account.indexOf(':')
  if (at < 0) return { text: t(`ledger:story.${account}`) }
  return { text: t(`ledger:story.${account.slice(0, at)}`), note: account.slice(at + 1) }
}

/** The event as the accounts office writes it. */
function accountsTable(lines: readonly StoryLine[], present: Presenter): TableView {
  const { t } = present
  return {
    caption: t('ledger:voucher.accounts'),
    columns: [
      { text: t('ledger:voucher.account') },
      { text: t('ledger:voucher.debit'), numeric: true },
      { text: t('ledger:voucher.credit'), numeric: true },
    ],
    rows: lines.map(({ account, debitFen, creditFen }) => ({
      cells: [
        storyCell(account, present),
        debitFen > 0 ? { amountFen: debitFen } : { text: '' },
        creditFen > 0 ? { amountFen: creditFen } : { text: '' },
      ],
    })),
  }
}

function groups(hash: string): string {
  return hash.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join(' ') ?? ''
}

/** What made an entry, as the catalogues call it. */
const SOURCES = ['request', 'payment-order', 'supplement', 'proposal', 'broken-book']

function sourceCell({ type, id }: Voucher['entry']['source'], { t }: Presenter): object {
  return { text: SOURCES.includes(type) ? t(`ledger:voucher.from.${type}`) : type, note: id }
}
