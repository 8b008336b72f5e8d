import type { InTransaction, Tx } from '../journal/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { Actor, By } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import { filterFor, may, mayEver } from '../shared/permissions.ts'
import type { Phone } from '../shared/phone.ts'
import { formatPhone, parsePhone } from '../shared/phone.ts'
import type { Candidate } from './candidate.ts'
import { candidatesOf } from './candidate.ts'
import type { PersonQuery } from './find-people.ts'
import { findPeople } from './find-people.ts'
import type { HouseholdStore } from './household-store.ts'
import { announcePerson } from './person-events.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'
import type { PersonStore } from './person-store.ts'

/** Who may be calling. */
export interface CallerLookUp {
  /** Undefined when the number is withheld. */
  readonly phone?: Phone & { readonly shown: string }
  /** Empty: nobody known by this number. Several: shown as such. */
  readonly candidates: readonly Candidate[]
}

interface LookUpServices {
  readonly people: PersonStore
  readonly households: HouseholdStore
  readonly vault: FieldVault
  readonly clock: Clock
}

/** Most candidates a pop or a search shows. */
const MAX_SHOWN = 10

/**
 * Who may be calling, for the pop on the operator's screen. Reads only; the trace is left by `noteLookUp` in the caller's own transaction.
 *
 * @param given.phone - as the exchange or the operator wrote it, in any spelling
 * @param given.areaCode - of the county, for landlines without one
 */
export async function lookUpCaller(
  services: LookUpServices,
  given: { readonly county: string; readonly phone: string; readonly areaCode?: string | undefined },
): Promise<CallerLookUp> {
  const phone = parsePhone(given.phone, given.areaCode === undefined ? {} : { areaCode: given.areaCode })
  if (!phone) return { candidates: [] }
  const shown = formatPhone(phone.number, phone.extension)
  const matches = await findPeople(services, given, MAX_SHOWN)
  return { phone: { ...phone, shown }, candidates: await candidatesOf(services, given.county, matches) }
}

/**
 * Looks for persons on behalf of a member of staff and leaves a trace with every person shown.
 *
 * @throws DomainError `person.forbidden` when the role may not look for anybody; `person.query_empty`
 */
export async function lookUpPeople(
  services: LookUpServices & { readonly inTransaction: InTransaction },
  query: Omit<PersonQuery, 'county' | 'visible'>,
  actor: Actor,
): Promise<readonly Candidate[]> {
  if (!mayEver(PERSON_PERMISSIONS, actor, 'person.look_up')) {
    throw new DomainError('person.forbidden', 'This role may not look for persons')
  }
  if (![query.phone, query.identityNumber, query.name].some((part) => part?.trim())) {
    throw new DomainError('person.query_empty', 'Give a phone, an identity number or a name')
  }
  const { county } = actor
  const visible = filterFor(PERSON_PERMISSIONS, actor, 'person.look_up')
  const matches = await findPeople(services, { ...query, county, visible }, MAX_SHOWN)
  const candidates = await candidatesOf(services, county, matches)
  await services.inTransaction(traceOf(actor), (tx) => {
    noteLookUp(services, tx, { query, candidates })
    return Promise.resolve({})
  })
  return candidates
}

/**
 * Step: writes down that masked data of these persons was shown, in each person's stream. The query stands there as a keyed digest.
 *
 * @param shown.query - what was asked; left out when a record was opened directly
 * @param shown.on - what it was for, such as `call:ID` or `case:NO`
 */
export function noteLookUp(
  { vault }: Pick<LookUpServices, 'vault'>,
  tx: Tx,
  shown: {
    readonly query?: Omit<PersonQuery, 'county' | 'visible'>
    readonly candidates: readonly Candidate[]
    readonly on?: string
  },
): void {
  const { query: asked, on } = shown
  const text = asked && JSON.stringify([asked.phone ?? '', asked.identityNumber ?? '', asked.name ?? ''])
  const query = text === undefined ? undefined : vault.digest(tx.county, text)
  for (const { person, matchedBy } of shown.candidates) {
    const { personId, householdId } = person
    announcePerson(tx, personId, 'person.looked_up', { query, by: [...matchedBy], householdId, on })
  }
}

/**
 * One person with masks on and the household, on behalf of a member of staff; leaves a trace.
 *
 * @throws DomainError `person.not_found`, also for a person the actor may not see: that they exist is no business of theirs
 */
export async function readPerson(
  services: LookUpServices & { readonly inTransaction: InTransaction },
  personId: string,
  actor: Actor,
): Promise<Candidate> {
  const person = await services.people.find(actor.county, personId)
  if (!person || !may(PERSON_PERMISSIONS, actor, 'person.read', person)) {
    throw new DomainError('person.not_found', `No person ${personId}`, { personId })
  }
  const candidates = await candidatesOf(services, actor.county, [{ person, by: [] }])
  await services.inTransaction(traceOf(actor), (tx) => {
    noteLookUp(services, tx, { candidates })
    return Promise.resolve({})
  })
  const [shown] = candidates
  if (!shown) throw new Error('A person that was read is shown')
  return shown
}

/** A trace is a command of its own, with a key nobody can repeat. */
function traceOf(actor: Actor): By {
  return { actor, key: `look-up/${newId()}`, bodyHash: '' }
}
