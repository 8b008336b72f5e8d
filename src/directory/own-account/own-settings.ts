import type { By } from '../../shared/actor.ts'
import type { StaffLanguage } from '../staff/staff.ts'
import { staffFact } from '../staff/staff-events.ts'
import type { NewGeneration } from './change-password.ts'
import type { OwnAccountServices } from './own-account.ts'
import { changeOwn, ownRecord } from './own-account.ts'

/** Chooses the language of pages and messages. */
export async function setLanguage(
  services: Pick<OwnAccountServices, 'staff' | 'inTransaction'>,
  language: StaffLanguage,
  by: By,
): Promise<{ readonly language: StaffLanguage }> {
  const set = await services.inTransaction(by, async (tx) => {
    const person = await ownRecord(services, by, tx)
    await changeOwn(services.staff, tx, person, { set: { language } })
    tx.announce(staffFact('staff.changed', person._id, { unit: person.unit, fields: ['language'] }))
    return { language }
  })
  services.staff.forget(by.actor.county)
  return set
}

/** Ends every session of the person everywhere; the one that asks goes on with the new generation if it wants to. */
export async function endSessions(
  services: Pick<OwnAccountServices, 'staff' | 'inTransaction'>,
  by: By,
): Promise<NewGeneration> {
  const ended = await services.inTransaction(by, async (tx) => {
    const person = await ownRecord(services, by, tx)
    const generation = person.generation + 1
    await changeOwn(services.staff, tx, person, { set: { generation } })
    tx.announce(staffFact('staff.sessions_ended', person._id))
    return { generation }
  })
  services.staff.forget(by.actor.county)
  return ended
}
