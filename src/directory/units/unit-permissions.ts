import type { PermissionTable } from '../../shared/permissions.ts'
import { inOwnCounty } from '../conditions.ts'

/** What may be done with units, windows and hotline numbers. Everybody on the staff may see them. */
export type UnitAction = 'unit.edit' | 'window.edit' | 'hotline.edit'

/** Who keeps the county's register of units, windows and numbers. */
export const unitPermissions: PermissionTable<UnitAction, { readonly county: string }> = {
  'unit.edit': { administrator: inOwnCounty },
  'window.edit': { administrator: inOwnCounty },
  'hotline.edit': { administrator: inOwnCounty },
}
