import type { CaseRecord } from '../cases/index.ts'
import type { Policy } from '../policy/index.ts'
import { quickCapFen, sourceName } from '../policy/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView, moneyBar } from '../platform/views/index.ts'
import { aidLimits } from './aid-limits.ts'
import { PAGE_LINES, pageFieldOf } from './decide-page-form.ts'
import type { Tier } from './decision.ts'

/** The page on which an officer decides: the limit and what is used of it, the suggestion line by line, then the amounts. */
export function decisionPage(
  found: CaseRecord,
  tier: Tier,
  policy: Policy,
  usedFen: number,
  present: Presenter,
  form: FormParts,
): object {
  const { t } = present
  const persons = Math.max(1, Number(form.values?.['persons'] ?? 1) || 1)
  const limits = aidLimits(policy, tier, persons)
  const errors = Object.fromEntries(
    Object.entries(form.errors ?? {}).map(([path, key]) => [pageFieldOf(path, form.values ?? {}), key]),
  )
  return {
    title: t('aid:decide.title'),
    backHref: `/cases/${found.no}`,
    action: `/cases/${found.no}/decide`,
    bar: moneyBar(present, {
      label: t('aid:decide.soFar'),
      usedFen,
      limitFen: limits.limitFen,
      note: limits.rules
        .map(({ source, sourceTitle }) => sourceName({ id: source, title: sourceTitle }, present))
        .filter((title, at, all) => all.indexOf(title) === at)
        .join('、'),
    }),
    suggestion: suggestionLines(policy, tier, persons, limits.limitFen, usedFen, present),
    proposeHref: form.refusal?.code === 'decision.over_limit' ? `/cases/${found.no}/propose` : undefined,
    cashLimit: t('aid:decide.cashLimit', { money: present.money(limits.cashFen) }),
    lines: PAGE_LINES.map(([name]) => ({
      name,
      label: t(`aid:line.${name}`),
      hasItem: name === 'goods' || name === 'service',
    })),
    relations: ['self', 'spouse', 'parent', 'child', 'relative', 'guardian', 'other'].map((value) => ({
      value,
      text: t(`aid:relation.${value}`),
    })),
    form: formView(present, {
      ...form,
      errors,
      values: { persons: '1', payeeRelation: 'self', ...form.values },
      version: found.version,
    }),
  }
}

/** Standard × persons × months, then the caps, each with its source; nothing is decided behind the officer's back. */
function suggestionLines(
  policy: Policy,
  tier: Tier,
  persons: number,
  limitFen: number,
  usedFen: number,
  present: Presenter,
): object[] {
  const { t } = present
  const base = policy.get('base_standard_fen')
  const months = policy.value('quick.cap_months')
  const line = (key: string, amountFen: number, source?: string): object => ({
    text: t(`aid:sum.${key}`, { persons, months }),
    amountFen,
    source,
  })
  const lines = [
    line('base', base.value, sourceName(base.source, present)),
    line('quick', quickCapFen(policy, persons), sourceName(policy.get('quick.cap_months').source, present)),
  ]
  const cap =
    tier === 'township'
      ? [line('cap', limitFen, sourceName(policy.get('township_cap').source, present))]
      : [line('countyCap', limitFen)]
  return [...lines, ...cap, line('left', Math.max(0, limitFen - usedFen))]
}
