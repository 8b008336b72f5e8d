import type { InTransaction } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { refuseOwnAccount, staffToChange } from '../staff/change-staff.ts'
import { staffFact } from '../staff/staff-events.ts'
import type { StaffStore } from '../staff/staff-store.ts'
import type { LockOut } from './lock-out.ts'

export interface UnlockServices {
  readonly staff: StaffStore
  readonly lockOut: LockOut
  readonly inTransaction: InTransaction
}

/**
 * Lets somebody try again who was locked out after wrong passwords.
 *
 * @throws DomainError `staff.not_found`, `staff.forbidden`, `staff.over`, `staff.own_account`
 */
export async function unlockAccount(
  services: UnlockServices,
  input: { readonly staffId: string },
  by: By,
): Promise<{ readonly staffId: string }> {
  const { staff, lockOut, inTransaction } = services
  const { account } = await inTransaction(by, async (tx) => {
    const person = await staffToChange(staff, tx, input, 'staff.unlock')
    refuseOwnAccount(by, person._id)
    tx.announce(staffFact('staff.unlocked', person._id))
    return { account: person.account }
  })
  await lockOut.unlock(account)
  return { staffId: input.staffId }
}
