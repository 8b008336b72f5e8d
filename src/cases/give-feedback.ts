import type { InTransaction } from '../journal/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { actOnCase } from './act-on-case.ts'
import type { CaseAnswer, OnCase } from './act-on-case.ts'
import { announceCase } from './case-events.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import type { CaseStore } from './case-store.ts'
import { withChange } from './change-case.ts'

/** How the caller was told; `unreachable` is allowed with a reason. Source: M004. */
export const FEEDBACK_MEDIA = ['phone', 'text', 'in_person', 'letter', 'unreachable'] as const

export type FeedbackMedium = (typeof FEEDBACK_MEDIA)[number]

interface GiveFeedbackServices {
  readonly cases: CaseStore
  readonly inTransaction: InTransaction
  readonly vault: FieldVault
}

export interface GiveFeedback extends OnCase {
  readonly medium: FeedbackMedium
  /** What was said, or why nobody could be reached. */
  readonly text: string
}

/**
 * Records that the caller was told how it ended. Nothing else may be open by then.
 *
 * @throws DomainError `case.obligations_open` naming what is unfinished, and those of `actOnCase`
 */
export function giveFeedback(services: GiveFeedbackServices, input: GiveFeedback, by: By): Promise<CaseAnswer> {
  return actOnCase(services, CASE_PERMISSIONS, 'case.give_feedback', input, by, (tx, found) => {
    const open = found.obligations.filter(({ kind }) => kind !== 'feedback')
    if (open.length > 0)
      throw new DomainError('case.obligations_open', 'Something of this case is still unfinished', {
        kinds: [...new Set(open.map(({ kind }) => kind))],
      })
    const place = { collection: 'cases', field: 'feedback.text', record: found._id }
    const feedback = {
      at: tx.at,
      medium: input.medium,
      staffId: by.actor.staffId,
      text: services.vault.seal(input.text, place),
    }
    const fedBack = withChange(found, { state: 'FED_BACK', feedback, obligations: [] }, tx.at)
    announceCase(tx, fedBack, 'case.fed_back', { medium: input.medium })
    return fedBack
  })
}
