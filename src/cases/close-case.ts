import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { actOnCase } from './act-on-case.ts'
import type { CaseAnswer, OnCase } from './act-on-case.ts'
import { announceCase } from './case-events.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import type { CaseStore } from './case-store.ts'
import { withChange } from './change-case.ts'

interface CloseCaseServices {
  readonly cases: CaseStore
  readonly inTransaction: InTransaction
}

/**
 * Closes a case of which nothing is open any more. It looks at the case's obligations and at nothing else.
 *
 * @throws DomainError `case.obligations_open`, `case.wrong_state` before the caller was told, and those of `actOnCase`
 */
export function closeCase(services: CloseCaseServices, on: OnCase, by: By): Promise<CaseAnswer> {
  return actOnCase(services, CASE_PERMISSIONS, 'case.close', on, by, (tx, found) => {
    if (found.obligations.length > 0)
      throw new DomainError('case.obligations_open', 'Something of this case is still unfinished', {
        kinds: [...new Set(found.obligations.map(({ kind }) => kind))],
      })
    const closed = withChange(found, { state: 'CLOSED', closedAt: tx.at, nearestDueAt: undefined }, tx.at)
    announceCase(tx, closed, 'case.closed')
    return closed
  })
}
