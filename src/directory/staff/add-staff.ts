import type { InTransaction } from '../../journal/index.ts'
import type { FieldVault } from '../../platform/privacy/index.ts'
import type { By, RoleInUnit } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { may } from '../../shared/permissions.ts'
import { hashPassword, newOneTimePassword } from '../sign-in/password-hash.ts'
import type { UnitStore } from '../units/unit-store.ts'
import { checkRoles, checkUnit } from './check-roles.ts'
import { oneTimePassword } from './one-time-password.ts'
import { once } from './once.ts'
import { sealStaffPhone } from './own-phone.ts'
import type { Staff, StaffLanguage } from './staff.ts'
import { accountKey } from './staff.ts'
import { roleCodes, staffFact } from './staff-events.ts'
import { staffPermissions } from './staff-permissions.ts'
import type { StaffStore } from './staff-store.ts'
import type { StaffView } from './staff-view.ts'
import { staffView } from './staff-view.ts'

export interface AddStaffServices {
  readonly staff: StaffStore
  readonly units: UnitStore
  readonly vault: FieldVault
  readonly inTransaction: InTransaction
}

/** What a new member of the staff is made of. */
export interface NewStaff {
  readonly account: string
  readonly name: string
  readonly unit: string
  readonly roles: readonly RoleInUnit[]
  readonly language: StaffLanguage
  /** Own phone, E.164 or a short code. */
  readonly phone?: string
  /** First day's moment; from now on when left out. */
  readonly validFrom?: Date
  /** Planned end, for people on loan. */
  readonly validTo?: Date
}

/** A new account, with the one-time password that is told once and kept nowhere. */
export interface AddedStaff extends StaffView {
  /** Left out when the answer is a repeated one. */
  readonly oneTimePassword?: string
}

/**
 * Gives somebody an account.
 *
 * @throws DomainError `staff.forbidden`, `staff.account_form`, `staff.account_taken`, `staff.unit_over`, `staff.validity` and those of `checkRoles`
 */
export async function addStaff(services: AddStaffServices, input: NewStaff, by: By): Promise<AddedStaff> {
  const { staff, units, vault, inTransaction } = services
  const { county } = by.actor
  if (!may(staffPermissions, by.actor, 'staff.edit', { county, unit: input.unit })) throw forbiddenStaff()
  if (accountKey(input.account) === undefined)
    throw new DomainError('staff.account_form', 'Accounts are 1 to 32 letters, digits, dots or dashes')

  const staffId = newId()
  const password = newOneTimePassword()
  const hash = await hashPassword(password)
  const told = once(by)
  const added = await inTransaction(told.by, async (tx) => {
    const book = await units.book(county)
    checkUnit(input.unit, book, tx.at)
    checkRoles(input.roles, book, tx.at)
    if (await staff.isAccountTaken(input.account, tx))
      throw new DomainError('staff.account_taken', `Account ${input.account} is taken`, { account: input.account })
    const { phone, validFrom = tx.at, validTo, ...given } = input
    if (validTo && validTo <= validFrom) throw new DomainError('staff.validity', 'The end lies before the beginning')
    const person: Staff = {
      _id: staffId,
      county,
      ...given,
      account: input.account.normalize('NFKC').trim(),
      validFrom,
      ...(validTo ? { validTo } : {}),
      ...(phone ? { phone: sealStaffPhone(vault, staffId, phone) } : {}),
      password: oneTimePassword(hash, tx.at),
      generation: 1,
      version: 1,
    }
    await staff.insert(person, tx)
    tx.announce(staffFact('staff.added', staffId, { unit: person.unit, roles: roleCodes(person.roles) }))
    return staffView(person, tx.at)
  })
  staff.forget(county)
  return told.isRepeated() ? added : { ...added, oneTimePassword: password }
}

export function forbiddenStaff(): DomainError {
  return new DomainError('staff.forbidden', 'Only an administrator of the county keeps its staff')
}
