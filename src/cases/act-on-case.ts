import type { InTransaction, Tx } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { PermissionTable } from '../shared/permissions.ts'
import { may } from '../shared/permissions.ts'
import type { CaseRecord } from './case.ts'
import type { CaseStore } from './case-store.ts'

/** What an action on one case names: its number, and the version the person was looking at. */
export interface OnCase {
  readonly no: string
  readonly version?: number | undefined
}

interface ActOnCaseServices {
  readonly cases: CaseStore
  readonly inTransaction: InTransaction
}

/** The short answer of an action on a case. */
export interface CaseAnswer {
  readonly no: string
  readonly version: number
  readonly state: CaseRecord['state']
  readonly stage: CaseRecord['stage']
}

/**
 * The frame of every action on one case: load, check permission and version, change, save, announce; all in one transaction.
 *
 * @param change - answers the changed case (not yet saved); announces what happened
 * @throws DomainError `case.not_found`, `case.not_yours`, `version.stale`, and what the change refuses
 */
export async function actOnCase<Action extends string>(
  { cases, inTransaction }: ActOnCaseServices,
  table: PermissionTable<Action, CaseRecord>,
  action: Action,
  on: OnCase,
  by: By,
  change: (tx: Tx, found: CaseRecord) => Promise<CaseRecord> | CaseRecord,
): Promise<CaseAnswer> {
  return inTransaction(by, async (tx) => {
    const found = await cases.get(tx, on.no)
    requirePermission(table, action, by, found)
    requireVersion(found, on.version)
    const saved = await cases.save(tx, found, await change(tx, found))
    return answerOf(saved)
  })
}

/** @throws DomainError `case.not_yours` */
export function requirePermission<Action extends string>(
  table: PermissionTable<Action, CaseRecord>,
  action: Action,
  by: By,
  found: CaseRecord,
): void {
  if (by.actor.kind === 'system' || may(table, by.actor, action, found)) return
  throw new DomainError('case.not_yours', `Case ${found.no} is with ${found.unit}`, { no: found.no, unit: found.unit })
}

/** @throws DomainError `version.stale` with the present version and stage */
export function requireVersion(found: CaseRecord, version: number | undefined): void {
  if (version === undefined || version === found.version) return
  const { no, stage, responsible } = found
  throw new DomainError('version.stale', `Case ${no} has changed`, {
    no,
    version: found.version,
    stage,
    responsibleUnit: responsible.unit,
  })
}

/** The short answer about a case. */
export function answerOf({ no, version, state, stage }: CaseRecord): CaseAnswer {
  return { no, version, state, stage }
}
