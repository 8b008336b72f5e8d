import type { RoleInUnit } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import type { UnitBook } from '../units/unit-book.ts'
import { isOver } from '../validity.ts'
import { ROLE_UNIT_KINDS, rolesInConflict } from './staff.ts'

/**
 * Whether a person may hold these roles, each in a unit of the right kind.
 *
 * @throws DomainError `staff.roles_missing`, `staff.role_unit` {role, unit}, `staff.roles_conflict` {one, other}
 */
export function checkRoles(roles: readonly RoleInUnit[], units: UnitBook, at: Date): void {
  if (roles.length === 0) throw new DomainError('staff.roles_missing', 'Give at least one role')
  for (const { role, unit } of roles) {
    const found = units.get(unit)
    if (!found || isOver(found, at) || !ROLE_UNIT_KINDS[role].includes(found.kind))
      throw new DomainError('staff.role_unit', `${role} cannot be held in ${unit}`, { role, unit })
  }
  const conflict = rolesInConflict(roles)
  if (conflict)
    throw new DomainError('staff.roles_conflict', `${conflict[0]} and ${conflict[1]} need two people`, {
      one: conflict[0],
      other: conflict[1],
    })
}

/**
 * Whether somebody may work in a unit.
 *
 * @throws DomainError `staff.unit_over`
 */
export function checkUnit(unit: string, units: UnitBook, at: Date): void {
  const found = units.get(unit)
  if (!found || isOver(found, at)) throw new DomainError('staff.unit_over', `No open unit ${unit}`, { unit })
}
