import type { Presenter, TagView } from '../platform/views/index.ts'
import type { FundSummary } from './fund-view.ts'

/** 常乐备用金 */
export function fundTitle({ kind, name }: Pick<FundSummary, 'kind' | 'name'>, present: Presenter): string {
  return present.t(`ledger:fund.title.${kind}`, { name })
}

/** The state of a fund in a word. */
export function fundTag({ status, isLow }: Pick<FundSummary, 'status' | 'isLow'>, present: Presenter): TagView {
  if (status === 'frozen') return { text: present.t('ledger:state.frozen'), tone: 'problem' }
  if (isLow) return { text: present.t('ledger:state.low'), tone: 'waiting' }
  return { text: present.t('ledger:state.open'), tone: 'plain' }
}

/** The name of an account of the chart. */
export function accountName(account: string, present: Presenter): string {
  return present.t(`ledger:account.${account}`)
}

/** What kind of movement an entry is. */
export function kindName(kind: string, present: Presenter): string {
  return present.t(`ledger:kind.${kind.replaceAll('.', '_').replaceAll('-', '_')}`)
}
