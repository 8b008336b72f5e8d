import type { By, RoleInUnit } from '../../shared/actor.ts'
import { staleVersion } from '../versions.ts'
import type { AddStaffServices } from './add-staff.ts'
import { keepAdministrator, refuseOwnAccount, staffToChange } from './change-staff.ts'
import { checkRoles, checkUnit } from './check-roles.ts'
import { sealStaffPhone } from './own-phone.ts'
import type { StaffLanguage } from './staff.ts'
import { roleCodes, staffFact } from './staff-events.ts'
import type { StaffView } from './staff-view.ts'
import { staffView } from './staff-view.ts'

/**
 * Changes somebody's name, unit, language or own phone. The phone stays when it is left out and goes when it is empty.
 *
 * @throws DomainError `staff.not_found`, `staff.forbidden`, `staff.over`, `staff.unit_over`, `version.stale`
 */
export async function editStaff(
  services: AddStaffServices,
  input: {
    readonly staffId: string
    readonly version: number
    readonly change: { name: string; unit: string; language: StaffLanguage; phone?: string | undefined }
  },
  by: By,
): Promise<StaffView> {
  const { staff, units, vault, inTransaction } = services
  const edited = await inTransaction(by, async (tx) => {
    const person = await staffToChange(staff, tx, input, 'staff.edit')
    const { phone, ...change } = input.change
    checkUnit(change.unit, await units.book(person.county), tx.at)
    const sealed = phone ? { phone: sealStaffPhone(vault, person._id, phone) } : {}
    const unset = phone === '' ? (['phone'] as const) : []
    if (!(await staff.change(person, { set: { ...change, ...sealed }, unset }, tx)))
      throw staleVersion(staffView(person, tx.at), input.version)
    const fields = (['name', 'unit', 'language'] as const).filter((field) => person[field] !== change[field])
    const changed = phone === undefined ? fields : [...fields, 'phone']
    tx.announce(staffFact('staff.changed', person._id, { unit: change.unit, fields: changed }))
    return staffView({ ...person, ...change, version: person.version + 1 }, tx.at)
  })
  staff.forget(by.actor.county)
  return edited
}

/**
 * Gives somebody other roles, from now on. Administrators do not change their own.
 *
 * @throws DomainError as `editStaff`, `checkRoles`; `staff.own_account`, `staff.last_administrator`
 */
export async function changeRoles(
  services: AddStaffServices,
  input: { readonly staffId: string; readonly version: number; readonly roles: readonly RoleInUnit[] },
  by: By,
): Promise<StaffView> {
  const { staff, units, inTransaction } = services
  const { roles } = input
  const changed = await inTransaction(by, async (tx) => {
    const person = await staffToChange(staff, tx, input, 'staff.edit')
    refuseOwnAccount(by, person._id)
    checkRoles(roles, await units.book(person.county), tx.at)
    if (!roles.some(({ role }) => role === 'administrator')) await keepAdministrator(staff, tx, person)
    if (!(await staff.change(person, { set: { roles } }, tx)))
      throw staleVersion(staffView(person, tx.at), input.version)
    tx.announce(
      staffFact('staff.roles_changed', person._id, { before: roleCodes(person.roles), roles: roleCodes(roles) }),
    )
    return staffView({ ...person, roles, version: person.version + 1 }, tx.at)
  })
  staff.forget(by.actor.county)
  return changed
}
