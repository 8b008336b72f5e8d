import type { Presenter } from './presenter.ts'

/** What `{{> money-bar bar}}` shows: used against a limit, as a bar and as numbers. */
export interface MoneyBarView {
  readonly label: string
  readonly used: string
  readonly limit: string
  /** What is left, or by how much it is over. */
  readonly rest: string
  readonly over: boolean
  /** Length of the bar, 0 to 100. */
  readonly share: number
  /** Name and source of the limit. */
  readonly note?: string | undefined
}

/** Compares an amount with its limit, both in whole fen. */
export function moneyBar(
  present: Presenter,
  bar: { readonly label: string; readonly usedFen: number; readonly limitFen: number; readonly note?: string },
): MoneyBarView {
  const { usedFen, limitFen } = bar
  const over = usedFen > limitFen
  return {
    label: bar.label,
    used: present.t('common:money.used', { used: present.money(usedFen) }),
    limit: present.t('common:money.limit', { limit: present.money(limitFen) }),
    rest: over
      ? present.t('common:money.over', { over: present.money(usedFen - limitFen) })
      : present.t('common:money.left', { left: present.money(limitFen - usedFen) }),
    over,
    share: limitFen > 0 ? Math.min(100, Math.round((usedFen / limitFen) * 100)) : 100,
    note: bar.note,
  }
}
