import type { CaseRecord } from '../cases/index.ts'
import { ownCounty, ownUnit } from '../cases/index.ts'
import type { PermissionTable } from '../shared/permissions.ts'

/** What can be done about who is responsible for a case. */
export type RoutingAction = 'case.acknowledge' | 'case.place'

/** Who may take a case, and who may say (again) where it happened. */
export const ROUTING_PERMISSIONS: PermissionTable<
  RoutingAction,
  Pick<CaseRecord, 'county' | 'unit' | 'firstResponsible' | 'sharedWith'>
> = {
  'case.acknowledge': {
    duty_officer: ownUnit,
    deputy: ownUnit,
    township_head: ownUnit,
    county_civil: ownCounty,
  },
  'case.place': { triage: ownCounty, county_civil: ownCounty, duty_officer: ownUnit, township_head: ownUnit },
}
