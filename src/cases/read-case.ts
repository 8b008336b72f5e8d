import type { Actor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import type { CaseRecord } from './case.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import type { CaseStore } from './case-store.ts'

/** @throws DomainError `case.not_found`, also for a case the actor may not see: its existence is no business of theirs */
export async function readableCase(
  { cases }: { readonly cases: CaseStore },
  actor: Actor,
  no = '',
): Promise<CaseRecord> {
  const found = await cases.find(actor.county, no)
  if (!found || !may(CASE_PERMISSIONS, actor, 'case.read', found))
    throw new DomainError('case.not_found', `No case ${no}`, { no })
  return found
}
