import type { PermissionTable } from '../../shared/permissions.ts'
import { inOwnCounty, ofOwnUnit } from '../conditions.ts'

/** What may be done with the staff register. What people do with their own account stands open to each of them. */
export type StaffAction = 'staff.view' | 'staff.edit' | 'staff.reset' | 'staff.unlock'

/** A member of the staff as the table sees it. */
export interface StaffSubject {
  readonly county: string
  readonly unit: string
}

/** Administrators keep the register; heads and supervisors see their own people, to make the roster. */
export const staffPermissions: PermissionTable<StaffAction, StaffSubject> = {
  'staff.view': { administrator: inOwnCounty, township_head: ofOwnUnit, hotline_supervisor: ofOwnUnit },
  'staff.edit': { administrator: inOwnCounty },
  'staff.reset': { administrator: inOwnCounty },
  'staff.unlock': { administrator: inOwnCounty },
}
