import type { Condition, PermissionTable } from '../../shared/permissions.ts'
import { ROLES } from '../../shared/actor.ts'
import type { Role } from '../../shared/actor.ts'
import { inOwnCounty, ofOwnUnit } from '../conditions.ts'

/** What may be done with a roster. */
export type RosterAction = 'roster.view' | 'roster.edit' | 'handover.write'

/** A roster, by the unit it belongs to. */
export interface RosterSubject {
  readonly county: string
  readonly unit: string
}

/** Units whose people look after the whole county see every roster. */
const COUNTY_ROLES: readonly Role[] = [
  'administrator',
  'county_civil',
  'county_finance',
  'triage',
  'secretary',
  'auditor',
  'provincial_checker',
  'operator',
  'hotline_supervisor',
]

/** Everybody sees the roster of the unit they hold a role in; those who pass cases on see all of the county. */
export const rosterPermissions: PermissionTable<RosterAction, RosterSubject> = {
  'roster.view': Object.fromEntries(
    ROLES.map((role): [Role, Condition<RosterSubject>] => [
      role,
      COUNTY_ROLES.includes(role) ? inOwnCounty : ofOwnUnit,
    ]),
  ),
  'roster.edit': { administrator: inOwnCounty, hotline_supervisor: ofOwnUnit, township_head: ofOwnUnit },
  'handover.write': {
    operator: ofOwnUnit,
    hotline_supervisor: ofOwnUnit,
    duty_officer: ofOwnUnit,
    deputy: ofOwnUnit,
    township_head: ofOwnUnit,
    cashier: ofOwnUnit,
    triage: ofOwnUnit,
    county_civil: ofOwnUnit,
  },
}
