import type { InTransaction, Tx } from '../journal/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { OnPerson } from './act-on-person.ts'
import { actOnPerson } from './act-on-person.ts'
import type { NoteCode, PersonDetails, PersonRecord, TagCode } from './person.ts'
import { withoutField } from './person.ts'
import { announcePerson } from './person-events.ts'
import { openDetails, sealDetails } from './person-fields.ts'
import type { InputWarning, TypedDetails } from './person-input.ts'
import { readDetails, readPhone, uniquePhones } from './person-input.ts'
import type { PersonStore } from './person-store.ts'
import { requireUnknown } from './register-person.ts'

/** What is to change; what is left out stays, `null` clears. */
export interface PersonChanges extends TypedDetails {
  /** Numbers besides those known. */
  readonly addPhones?: readonly string[] | undefined
  readonly residence?: string | null | undefined
  readonly tags?: readonly { readonly code: TagCode; readonly source: string }[] | undefined
  readonly notes?: readonly NoteCode[] | undefined
}

export interface ChangedPerson {
  readonly personId: string
  readonly version: number
  readonly warnings: readonly InputWarning[]
}

interface UpdatePersonServices {
  readonly people: PersonStore
  readonly vault: FieldVault
  readonly inTransaction: InTransaction
}

/**
 * Changes a person's details.
 *
 * @param on.version - the version the change was made against
 * @throws DomainError `person.not_found`, `person.not_yours`, `person.erased`, `version.stale`, `person.already_known`
 */
export async function updatePerson(
  services: UpdatePersonServices,
  on: OnPerson & { readonly changes: PersonChanges; readonly areaCode?: string | undefined },
  by: By,
): Promise<ChangedPerson> {
  return actOnPerson(services, 'person.update', on, by, async (tx, person) => {
    const { residence, tags, notes } = on.changes
    const known = openDetails(services.vault, person)
    const read = readDetails(known, on.changes, on.areaCode)
    const warnings = [...read.warnings]
    const details = withPhones(read.details, on.changes.addPhones ?? [], on.areaCode, warnings)
    const clear = { ...withResidence(person, residence), ...(notes ? { notes } : {}), ...withTags(person, tags, tx.at) }
    const saved = await saveDetails(services, tx, person, clear, details)
    announcePerson(tx, person._id, 'person.updated', {
      fields: fieldsOf(on.changes),
      version: saved.version,
      warnings: warnings.map(({ field, code }) => `${field}.${code}`),
    })
    return { personId: person._id, version: saved.version, warnings }
  })
}

/**
 * Adds a telephone number to a person; a number already there changes nothing.
 *
 * @throws DomainError as `updatePerson`, `person.phone_unreadable` when there is no number in the text
 */
export async function addPhone(
  services: UpdatePersonServices,
  on: OnPerson & { readonly phone: string; readonly areaCode?: string | undefined },
  by: By,
): Promise<ChangedPerson> {
  return actOnPerson(services, 'person.update', on, by, async (tx, person) => {
    const warnings: InputWarning[] = []
    const known = openDetails(services.vault, person)
    const details = withPhones(known, [on.phone], on.areaCode, warnings)
    const isUnreadable = warnings.some(({ code }) => code === 'unreadable')
    if (isUnreadable) throw new DomainError('person.phone_unreadable', 'A telephone number needs digits')
    if (details.phones?.length === known.phones?.length)
      return { personId: person._id, version: person.version, warnings }
    const saved = await saveDetails(services, tx, person, person, details)
    announcePerson(tx, person._id, 'person.phone_added', { version: saved.version })
    return { personId: person._id, version: saved.version, warnings }
  })
}

/** The details with further phones; those known stay. */
function withPhones(
  details: PersonDetails,
  typed: readonly string[],
  areaCode: string | undefined,
  warnings: InputWarning[],
): PersonDetails {
  if (typed.length === 0) return details
  const added = typed.flatMap((text) => readPhone(text, areaCode, warnings) ?? [])
  return { ...details, phones: uniquePhones([...(details.phones ?? []), ...added]) }
}

/** Names of the fields a change names, for the journal. */
function fieldsOf(changes: PersonChanges): string[] {
  const named = Object.entries(changes).flatMap(([field, value]) => (value === undefined ? [] : [field]))
  return [...new Set(named.map((field) => (field === 'addPhones' ? 'phones' : field)))]
}

/** Seals the details again, with new tokens, and saves. A name or number makes a temporary person a known one. */
async function saveDetails(
  services: UpdatePersonServices,
  tx: Tx,
  before: PersonRecord,
  after: PersonRecord,
  details: PersonDetails,
): Promise<PersonRecord> {
  await requireUnknown(services, tx, details, before._id)
  const isKnown = details.name !== undefined || details.identityNumber !== undefined
  return services.people.save(tx, before, {
    ...withoutField(after, 'identityToken'),
    kind: isKnown ? 'known' : after.kind,
    ...sealDetails(services.vault, tx.county, before._id, details),
  })
}

function withResidence(person: PersonRecord, residence: string | null | undefined): PersonRecord {
  if (residence === undefined) return person
  return residence ? { ...person, residence } : withoutField(person, 'residence')
}

/** A status that stays keeps its date. */
function withTags(person: PersonRecord, tags: PersonChanges['tags'], at: Date): Partial<Pick<PersonRecord, 'tags'>> {
  if (!tags) return {}
  const before = new Map(person.tags.map((tag) => [tag.code, tag]))
  return { tags: tags.map((tag) => before.get(tag.code) ?? { ...tag, since: at }) }
}
