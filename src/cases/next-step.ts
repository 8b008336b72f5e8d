import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may } from '../shared/permissions.ts'
import type { CaseRecord } from './case.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import type { NextStep, StepAction } from './case-section.ts'

/** What the case itself expects of this person now. Domains above may know better; theirs goes first. */
export function nextStepOf(found: CaseRecord, actor: Actor, present: Presenter): NextStep | undefined {
  const { t } = present
  const at = (path: string): string => `/cases/${found.no}/${path}`
  const step = (name: string, actions: readonly StepAction[]): NextStep => ({
    text: t(`cases:next.${name}`),
    dueAt: found.nearestDueAt,
    actions,
  })
  const mayVerify = may(CASE_PERMISSIONS, actor, 'case.verify', found)
  if (found.state === 'ROUTED' && mayVerify)
    return step('take', [{ text: t('cases:take.button'), action: at('acknowledge') }])
  if (found.state === 'ACKED' && mayVerify)
    return step('verify', [{ text: t('cases:verify.button'), action: at('verify') }])
  if (isOnlyFeedbackOpen(found) && may(CASE_PERMISSIONS, actor, 'case.give_feedback', found))
    return step('feedback', [{ text: t('cases:feedback.button'), href: at('feedback') }])
  if (found.state === 'FED_BACK' && may(CASE_PERMISSIONS, actor, 'case.close', found))
    return step('close', [{ text: t('cases:close.button'), action: at('close') }])
  return undefined
}

/** Nothing is left but telling the caller. */
function isOnlyFeedbackOpen({ state, obligations, aid }: CaseRecord): boolean {
  return state === 'IN_PROGRESS' && aid.paidFen > 0 && obligations.every(({ kind }) => kind === 'feedback')
}
