import type { Division } from './division.ts'
import { problemText } from './division-problems.ts'
import type { DivisionChange, ImportPlan } from './plan-import.ts'

/** Most rows of one kind that are listed; the counts are always complete. */
const LISTED = 50

/** A plan as lines a person reads, Chinese and English side by side. */
export function planLines(plan: ImportPlan): string[] {
  return [
    ...section('新增 new', plan.added, label),
    ...section('变更 changed', plan.changed, changeLabel),
    ...section('终止 ended', plan.ended, changeLabel),
    `不变 unchanged: ${plan.unchanged}`,
    ...section('未登记责任单位 no responsible unit', plan.unmapped, label),
    ...section('终止且无承接 ended without successor', plan.leadingNowhere, label),
    ...section('拒绝 refused', plan.refused, problemText),
  ]
}

function section<Item>(title: string, items: readonly Item[], line: (item: Item) => string): string[] {
  const rest = items.length > LISTED ? [`  … ${items.length - LISTED}`] : []
  return [`${title}: ${items.length}`, ...items.slice(0, LISTED).map((item) => `  ${line(item)}`), ...rest]
}

function label({ _id, name, responsibleUnit }: Division): string {
  return `${_id} ${name}${responsibleUnit === null ? '' : ` → ${responsibleUnit}`}`
}

function changeLabel({ before, after, fields }: DivisionChange): string {
  const parts = fields.map((field) => `${field}: ${shown(before[field])} → ${shown(after[field])}`)
  return `${after._id} ${after.name}  ${parts.join('; ')}`
}

function shown(value: string | readonly string[] | null): string {
  const text = typeof value === 'string' ? value : (value ?? []).join('|')
  return text === '' ? '–' : text
}
