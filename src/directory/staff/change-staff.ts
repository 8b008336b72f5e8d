import type { By } from '../../shared/actor.ts'
import type { Tx } from '../../journal/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import { isOver } from '../validity.ts'
import { staleVersion } from '../versions.ts'
import { forbiddenStaff } from './add-staff.ts'
import type { Staff } from './staff.ts'
import { staffPermissions } from './staff-permissions.ts'
import type { StaffAction } from './staff-permissions.ts'
import type { StaffStore } from './staff-store.ts'
import { staffView } from './staff-view.ts'

/**
 * The person an administrator wants to change, in the version the administrator saw.
 *
 * @throws DomainError `staff.not_found`, `staff.forbidden`, `staff.over`, `version.stale`
 */
export async function staffToChange(
  staff: StaffStore,
  tx: Tx,
  input: { readonly staffId: string; readonly version?: number | undefined },
  action: StaffAction,
): Promise<Staff> {
  const { county } = tx
  const person = await staff.find(county, input.staffId, tx)
  if (!person) throw new DomainError('staff.not_found', `No staff ${input.staffId}`)
  if (!may(staffPermissions, tx.by.actor, action, person)) throw forbiddenStaff()
  if (isOver(person, tx.at)) throw new DomainError('staff.over', 'This person has left')
  if (input.version !== undefined && input.version !== person.version)
    throw staleVersion(staffView(person, tx.at), input.version)
  return person
}

/**
 * Changes that nobody makes for himself.
 *
 * @throws DomainError `staff.own_account`
 */
export function refuseOwnAccount(by: By, staffId: string): void {
  if (by.actor.staffId === staffId)
    throw new DomainError('staff.own_account', 'Another administrator has to do this for you')
}

/**
 * A county keeps at least one administrator.
 *
 * @throws DomainError `staff.last_administrator`
 */
export async function keepAdministrator(staff: StaffStore, tx: Tx, person: Staff): Promise<void> {
  const isOne = person.roles.some(({ role }) => role === 'administrator')
  if (isOne && (await staff.countOtherAdministrators(person.county, person._id, tx)) === 0)
    throw new DomainError('staff.last_administrator', 'The county needs another administrator first')
}
