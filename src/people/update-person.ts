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
    const { residence, tags, notes, ...typed } = on.changes
    const before = openDetails(services.vault, person)
    const { details, warnings } = readDetails(before, typed, on.areaCode)
    const clear = { ...withResidence(person, residence), ...(notes ? { notes } : {}), ...withTags(person, tags, tx.at) }
    const saved = await saveDetails(services, tx, person, clear, details)
    const fields = Object.entries(on.changes).flatMap(([field, value]) => (value === undefined ? [] : [field]))
    announcePerson(tx, person._id, 'person.updated', {
      fields,
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
    const added = readPhone(on.phone, on.areaCode, warnings)
    if (!added) throw new DomainError('person.phone_unreadable', 'A telephone number needs digits')
    const phones = uniquePhones([...(known.phones ?? []), added])
    if (phones.length === known.phones?.length) return { personId: person._id, version: person.version, warnings }
    const saved = await saveDetails(services, tx, person, person, { ...known, phones })
    announcePerson(tx, person._id, 'person.phone_added', { version: saved.version, phones: phones.length })
    return { personId: person._id, version: saved.version, warnings }
  })
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
