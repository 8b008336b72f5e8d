import type { InTransaction, Tx } from '../journal/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import { searchTokens, simplifiedName } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import { may } from '../shared/permissions.ts'
import type { NoteCode, PersonDetails, PersonRecord, TagCode } from './person.ts'
import { announcePerson } from './person-events.ts'
import { openDetails, sealDetails } from './person-fields.ts'
import type { InputWarning, TypedDetails } from './person-input.ts'
import { readDetails } from './person-input.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'
import type { PersonStore } from './person-store.ts'

/** Somebody as the first person who meets them writes them down. Everything may be missing: then it is a temporary person. */
export interface NewPerson extends TypedDetails {
  /** Division code of the habitual residence. */
  readonly residence?: string | undefined
  readonly tags?: readonly { readonly code: TagCode; readonly source: string }[] | undefined
  readonly notes?: readonly NoteCode[] | undefined
  /** Units that take part besides the one registering. */
  readonly knownTo?: readonly string[] | undefined
  /** Area code of the county, for landlines typed without one. */
  readonly areaCode?: string | undefined
}

/** Plain answer; odd spellings are reported, nothing is refused for them. */
export interface RegisteredPerson {
  readonly personId: string
  readonly version: number
  readonly isNew: boolean
  readonly warnings: readonly InputWarning[]
}

/** More people than this behind one phone are no help in telling who it is. Persons. */
const MAX_SAME_PHONE = 20

interface PersonWriting {
  readonly people: PersonStore
  readonly vault: FieldVault
}

/**
 * Registers a person.
 *
 * @throws DomainError `person.forbidden`; `person.already_known` with the id of the person who has the same identity number
 */
export async function registerPerson(
  services: PersonWriting & { readonly inTransaction: InTransaction },
  given: NewPerson,
  by: By,
): Promise<RegisteredPerson> {
  requireMayRegister(by)
  return services.inTransaction(by, (tx) => addPerson(services, tx, given))
}

/** Step: the same inside somebody else's transaction, such as an intake. */
export async function addPerson(services: PersonWriting, tx: Tx, given: NewPerson): Promise<RegisteredPerson> {
  const { details, warnings } = readDetails({}, given, given.areaCode)
  await requireUnknown(services, tx, details)
  const person = newPerson(services, tx, given, details)
  await services.people.insert(tx, person)
  announcePerson(
    tx,
    person._id,
    'person.registered',
    {
      kind: person.kind,
      fields: Object.keys(person.sealed),
      residence: person.residence,
      tags: person.tags.map(({ code }) => code),
      warnings: warnings.map(({ field, code }) => `${field}.${code}`),
    },
    { isFirst: true },
  )
  return { personId: person._id, version: 1, isNew: true, warnings }
}

/**
 * Step: the person meant, for doors where nobody has chosen a candidate; a new one when the county knows none.
 *
 * The same identity number decides; without one, the same name together with the same phone, when exactly one person has both. What is known
 * already is not overwritten: an unconfirmed word on the phone must not change a file.
 */
export async function findOrAddPerson(services: PersonWriting, tx: Tx, given: NewPerson): Promise<RegisteredPerson> {
  const { details, warnings } = readDetails({}, given, given.areaCode)
  const known = (await whoHas(services, tx, details)) ?? (await whoIsCalled(services, tx, details))
  if (!known) return addPerson(services, tx, given)
  await services.people.touch(tx, known._id, tx.by.actor.unit)
  return { personId: known._id, version: known.version, isNew: false, warnings }
}

/** @throws DomainError `person.already_known` */
export async function requireUnknown(
  services: PersonWriting,
  tx: Tx,
  details: PersonDetails,
  self?: string,
): Promise<void> {
  const known = await whoHas(services, tx, details)
  if (!known || known._id === self) return
  const personId = known._id
  throw new DomainError('person.already_known', 'Somebody with this identity number is already registered', {
    personId,
  })
}

/** Whoever has the identity number, sealed under whichever listed key. */
async function whoHas({ people, vault }: PersonWriting, tx: Tx, details: PersonDetails): Promise<PersonRecord | null> {
  if (details.identityNumber === undefined) return null
  const tokens = searchTokens(vault, tx.county, 'identity', [details.identityNumber])
  return people.findByIdentity(tx.county, tokens, { session: tx.session })
}

/** The only person with this name and one of these phones; with an identity number nobody is guessed. */
async function whoIsCalled(
  { people, vault }: PersonWriting,
  tx: Tx,
  { identityNumber, name, phones = [] }: PersonDetails,
): Promise<PersonRecord | undefined> {
  if (identityNumber !== undefined || name === undefined || phones.length === 0) return undefined
  const numbers = phones.map(({ number }) => number)
  const tokens = searchTokens(vault, tx.county, 'phone', numbers)
  const found = await people.findByTokens(tx.county, { tokens, limit: MAX_SAME_PHONE, session: tx.session })
  const same = found.filter((person) => {
    const known = openDetails(vault, person, ['name', 'phones'])
    const hasPhone = known.phones?.some(({ number }) => numbers.includes(number)) ?? false
    return hasPhone && isSameName(known.name ?? '', name)
  })
  return same.length === 1 ? same[0] : undefined
}

/** The same signs, whether traditional or simplified, with or without spaces. */
function isSameName(one: string, other: string): boolean {
  const plain = (name: string): string => simplifiedName(name.normalize('NFKC')).replace(/\s/g, '')
  return plain(one) === plain(other)
}

function newPerson({ vault }: PersonWriting, tx: Tx, given: NewPerson, details: PersonDetails): PersonRecord {
  const { county, at } = tx
  const personId = newId()
  const isKnown = details.name !== undefined || details.identityNumber !== undefined
  return {
    _id: personId,
    county,
    version: 1,
    kind: isKnown ? 'known' : 'temporary',
    ...(given.residence ? { residence: given.residence } : {}),
    tags: (given.tags ?? []).map((tag) => ({ ...tag, since: at })),
    notes: given.notes ?? [],
    knownTo: [...new Set([tx.by.actor.unit, ...(given.knownTo ?? [])])],
    ...sealDetails(vault, county, personId, details),
    usedAt: at,
    createdAt: at,
    updatedAt: at,
  }
}

function requireMayRegister({ actor }: By): void {
  const subject = { county: actor.county, knownTo: [actor.unit] }
  if (actor.kind === 'system' || may(PERSON_PERMISSIONS, actor, 'person.register', subject)) return
  throw new DomainError('person.forbidden', 'This role may not register persons')
}
