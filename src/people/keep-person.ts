import type { InTransaction, Tx } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { HouseholdStore } from './household-store.ts'
import { leave } from './join-household.ts'
import { announcePerson } from './person-events.ts'
import type { PersonStore } from './person-store.ts'

interface KeepServices {
  readonly people: PersonStore
  readonly households: HouseholdStore
}

/** Somebody nobody has worked with for longer than records are kept. Ids and dates only: the list is signed by people. */
export interface RetainablePerson {
  readonly personId: string
  readonly usedAt: Date
  readonly fields: readonly string[]
}

/**
 * Step: a unit takes part in helping a person. It may look closer from now on, and retention counts from here.
 *
 * @returns true when the unit had not known the person before
 * @throws DomainError `person.not_found`
 */
export async function makeKnownTo(
  { people }: Pick<KeepServices, 'people'>,
  tx: Tx,
  { personId, unit }: { readonly personId: string; readonly unit: string },
): Promise<boolean> {
  return people.touch(tx, personId, unit)
}

/** Step: a unit had no part in helping a person after all, and may look no closer than anybody. */
export async function makeUnknownTo(
  { people }: Pick<KeepServices, 'people'>,
  tx: Tx,
  { personId, unit }: { readonly personId: string; readonly unit: string },
): Promise<void> {
  await people.forget(tx, personId, unit)
}

/**
 * A page of the persons whose records may be erased, by id. Whether a case still needs one, the caller knows; this domain knows no case.
 *
 * @param page.before - nobody has worked with the record since
 */
export async function retainablePeople(
  { people }: Pick<KeepServices, 'people'>,
  county: string,
  page: { readonly before: Date; readonly after?: string | undefined; readonly limit: number },
): Promise<readonly RetainablePerson[]> {
  const { before, after, limit } = page
  const found = await people.unusedSince(county, before, { after, limit })
  return found.map(({ _id, usedAt, sealed }) => ({ personId: _id, usedAt, fields: Object.keys(sealed) }))
}

/**
 * Erases everything personal of somebody after retention: sealed fields, tokens, statuses, household, words of reasons. Id and journal stay, so that
 * every chain that names the id remains whole.
 *
 * @param given.before - the limit the signed list was made for; a record used since is not erased
 * @throws DomainError `person.not_found`, `person.still_used`, `person.forbidden` unless the system acts
 */
export async function erasePerson(
  services: KeepServices & { readonly inTransaction: InTransaction },
  given: { readonly personId: string; readonly before: Date },
  by: By,
): Promise<{ readonly personId: string; readonly isErased: true }> {
  if (by.actor.kind !== 'system') throw new DomainError('person.forbidden', 'Only retention erases persons')
  return services.inTransaction(by, async (tx) => {
    const person = await services.people.get(tx, given.personId)
    if (person.erasedAt !== undefined) return { personId: person._id, isErased: true }
    if (person.usedAt >= given.before) throw new DomainError('person.still_used', 'The record was used since')
    await leave(services, tx, person)
    const { _id, county, version, kind, createdAt, updatedAt, usedAt } = person
    const bare = { _id, county, version, kind, createdAt, updatedAt, usedAt, erasedAt: tx.at }
    await services.people.save(tx, person, { ...bare, tags: [], notes: [], knownTo: [], sealed: {}, tokens: [] })
    await services.people.removeLooks(tx, _id)
    announcePerson(tx, _id, 'person.erased', { fields: Object.keys(person.sealed) })
    return { personId: _id, isErased: true }
  })
}
