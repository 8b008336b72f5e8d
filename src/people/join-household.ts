import type { InTransaction, Tx } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import type { OnPerson } from './act-on-person.ts'
import { actOnPerson, requireMay } from './act-on-person.ts'
import type { HouseholdRecord, Relation } from './household.ts'
import { withMember, withoutMember } from './household.ts'
import type { HouseholdStore } from './household-store.ts'
import type { PersonRecord } from './person.ts'
import { withoutField } from './person.ts'
import { announcePerson } from './person-events.ts'
import type { PersonStore } from './person-store.ts'

interface HouseholdServices {
  readonly people: PersonStore
  readonly households: HouseholdStore
  readonly inTransaction: InTransaction
}

/** Whose household somebody joins: a household, that of another person, or a new one of their own. */
export interface JoinHousehold extends OnPerson {
  readonly householdId?: string | undefined
  readonly withPersonId?: string | undefined
  readonly relation: Relation
}

export interface JoinedHousehold {
  readonly personId: string
  readonly version: number
  readonly householdId: string
}

/**
 * Puts a person into a household; they leave the one they were in.
 *
 * @throws DomainError `person.not_found`, `person.not_yours`, `person.erased`, `version.stale`, `household.not_found`, `household.with_oneself`
 */
export async function joinHousehold(services: HouseholdServices, on: JoinHousehold, by: By): Promise<JoinedHousehold> {
  return actOnPerson(services, 'person.update', on, by, async (tx, person) => {
    const target = await targetHousehold(services, tx, on)
    if (person.householdId !== undefined && person.householdId !== target._id) await leave(services, tx, person)
    const members = withMember(target.members, { personId: person._id, relation: on.relation, since: tx.at })
    await services.households.save(tx, target, { ...target, members })
    const saved = await services.people.save(tx, person, { ...person, householdId: target._id })
    const { relation } = on
    announcePerson(tx, person._id, 'person.household_joined', { householdId: target._id, relation })
    return { personId: person._id, version: saved.version, householdId: target._id }
  })
}

/** Takes a person out of their household. @throws DomainError as `joinHousehold`, `household.not_found` when in none */
export async function leaveHousehold(
  services: HouseholdServices,
  on: OnPerson,
  by: By,
): Promise<{ readonly personId: string; readonly version: number }> {
  return actOnPerson(services, 'person.update', on, by, async (tx, person) => {
    if (person.householdId === undefined) throw new DomainError('household.not_found', 'The person is in no household')
    await leave(services, tx, person)
    const saved = await services.people.save(tx, person, withoutField(person, 'householdId'))
    return { personId: person._id, version: saved.version }
  })
}

/** Step: takes a person off the list of members; the person's own record is saved by whoever calls. */
export async function leave(
  { households }: Pick<HouseholdServices, 'households'>,
  tx: Tx,
  { _id, householdId }: PersonRecord,
): Promise<void> {
  const home = householdId === undefined ? null : await households.find(tx.county, householdId, tx.session)
  if (!home) return
  await households.save(tx, home, { ...home, members: withoutMember(home.members, _id) })
  announcePerson(tx, _id, 'person.household_left', { householdId: home._id })
}

async function targetHousehold(services: HouseholdServices, tx: Tx, on: JoinHousehold): Promise<HouseholdRecord> {
  if (on.householdId !== undefined) return services.households.get(tx, on.householdId)
  if (on.withPersonId === undefined) return openHousehold(services, tx, [])
  if (on.withPersonId === on.personId) throw new DomainError('household.with_oneself', 'Name another person')
  return householdOf(services, tx, on.withPersonId)
}

/** The other person's household, opened with them as its head when they had none. */
async function householdOf(services: HouseholdServices, tx: Tx, personId: string): Promise<HouseholdRecord> {
  const other = await services.people.get(tx, personId)
  requireMay('person.update', other, tx.by)
  if (other.householdId !== undefined) return services.households.get(tx, other.householdId)
  const home = await openHousehold(services, tx, [{ personId, relation: 'head', since: tx.at }])
  await services.people.save(tx, other, { ...other, householdId: home._id })
  announcePerson(tx, personId, 'person.household_joined', { householdId: home._id, relation: 'head' })
  return home
}

async function openHousehold(
  { households }: HouseholdServices,
  tx: Tx,
  members: HouseholdRecord['members'],
): Promise<HouseholdRecord> {
  const { county, at } = tx
  const home = { _id: newId(), county, version: 1, members, createdAt: at, updatedAt: at }
  await households.insert(tx, home)
  return home
}
