import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { actOnCase } from './act-on-case.ts'
import type { CaseAnswer, OnCase } from './act-on-case.ts'
import { announceCase } from './case-events.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import type { CaseStore } from './case-store.ts'
import { withChange } from './change-case.ts'

interface VerifyCaseServices {
  readonly cases: CaseStore
  readonly inTransaction: InTransaction
}

/**
 * The officer begins to verify: on the way, on the spot, or by telephone.
 *
 * @throws DomainError `case.wrong_state` before the case was acknowledged, and those of `actOnCase`
 */
export function verifyCase(services: VerifyCaseServices, on: OnCase, by: By): Promise<CaseAnswer> {
  return actOnCase(services, CASE_PERMISSIONS, 'case.verify', on, by, (tx, found) => {
    const verifying = withChange(found, { state: 'VERIFYING' }, tx.at)
    announceCase(tx, verifying, 'case.verifying')
    return verifying
  })
}
