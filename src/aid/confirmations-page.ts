import type { FieldVault } from '../platform/privacy/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { DecisionRecord } from './decision.ts'

/** Papers that townships filed and the county has to confirm, the oldest first. */
export function confirmationsPage(
  vault: FieldVault,
  decisions: readonly DecisionRecord[],
  actor: Actor,
  present: Presenter,
  nameOf: (id: string) => string,
): object {
  return {
    title: present.t('aid:confirmations.title'),
    rooms: `unit:${actor.county}`,
    items: decisions.map((decision) => ({
      id: decision.id,
      unit: nameOf(decision.unit),
      caseNo: decision.caseNo,
      caseHref: `/cases/${decision.caseNo}`,
      amountFen: decision.totalFen,
      filedAt: decision.supplement?.filedAt,
      isLate: decision.supplement?.isLate ?? false,
      text: explanationOf(vault, decision),
      papers: (decision.supplement?.checked ?? []).map((paper) => present.t(`aid:paper.${paper}`)).join('、'),
      confirmAction: `/decisions/${decision.id}/confirm`,
    })),
  }
}

function explanationOf(vault: FieldVault, { _id, supplement }: DecisionRecord): string {
  return supplement
    ? vault.open(supplement.text, { collection: 'decisions', field: 'supplement.text', record: _id })
    : ''
}
