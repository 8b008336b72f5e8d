import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import { PAPERS } from './aid-forms.ts'
import type { DecisionRecord } from './decision.ts'

/** The papers of an advance: what is still due, until when, and the explanation in a few sentences. */
export function supplementPage(
  decision: DecisionRecord,
  dueAt: Date | undefined,
  present: Presenter,
  form: FormParts,
): object {
  const { t } = present
  return {
    title: t('aid:supplement.title'),
    backHref: `/cases/${decision.caseNo}`,
    action: `/decisions/${decision.id}/supplement`,
    amount: present.money(decision.totalFen),
    dueAt,
    papers: PAPERS.map((value) => ({ value, text: t(`aid:paper.${value}`) })),
    form: formView(present, form),
  }
}
