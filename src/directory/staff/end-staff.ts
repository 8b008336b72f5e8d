import type { InTransaction, Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { systemActor } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import type { TokenStore } from '../sign-in/token-store.ts'
import { staleVersion } from '../versions.ts'
import { keepAdministrator, refuseOwnAccount, staffToChange } from './change-staff.ts'
import type { Staff } from './staff.ts'
import { roleCodes, staffFact } from './staff-events.ts'
import type { StaffStore } from './staff-store.ts'
import type { StaffView } from './staff-view.ts'
import { staffView } from './staff-view.ts'

export interface EndStaffServices {
  readonly staff: StaffStore
  readonly tokens: TokenStore
  readonly inTransaction: InTransaction
}

/**
 * Somebody leaves, now: sessions and tokens end, shifts count no more, and `staff.ended` lets the other domains hand on what the person had.
 *
 * @throws DomainError `staff.not_found`, `staff.forbidden`, `staff.over`, `staff.own_account`, `staff.last_administrator`, `version.stale`
 */
export async function endStaff(
  services: EndStaffServices,
  input: { readonly staffId: string; readonly version: number },
  by: By,
): Promise<StaffView> {
  const { staff, inTransaction } = services
  const ended = await inTransaction(by, async (tx) => {
    const person = await staffToChange(staff, tx, input, 'staff.edit')
    refuseOwnAccount(by, person._id)
    await keepAdministrator(staff, tx, person)
    return announceEnd(services, tx, person)
  })
  staff.forget(by.actor.county)
  return ended
}

/**
 * Announces those whose planned end has come. Called every minute by a worker; a repeat finds nothing left.
 *
 * @returns how many were announced
 */
export async function endDueStaff(services: EndStaffServices & { clock: Clock }, county: string): Promise<number> {
  const due = await services.staff.dueToEnd(county, services.clock.now())
  for (const person of due) {
    const key = `staff-end/${person._id}`
    await services.inTransaction({ actor: systemActor(county), key, bodyHash: key }, async (tx) => {
      const now = await services.staff.find(county, person._id, tx)
      return now && now.endedAt === undefined ? announceEnd(services, tx, now) : {}
    })
  }
  if (due.length > 0) services.staff.forget(county)
  return due.length
}

async function announceEnd({ staff, tokens }: EndStaffServices, tx: Tx, person: Staff): Promise<StaffView> {
  const end = {
    validTo: person.validTo && person.validTo < tx.at ? person.validTo : tx.at,
    endedAt: tx.at,
    generation: person.generation + 1,
  }
  if (!(await staff.change(person, { set: end, unset: ['totpPending'] }, tx)))
    throw staleVersion(staffView(person, tx.at), person.version)
  await tokens.revokeAll(person.county, person._id, tx)
  tx.announce(staffFact('staff.ended', person._id, { unit: person.unit, roles: roleCodes(person.roles) }))
  return staffView({ ...person, ...end, version: person.version + 1 }, tx.at)
}
