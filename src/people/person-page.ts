import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { mayEver } from '../shared/permissions.ts'
import type { Candidate } from './candidate.ts'
import { fieldsToReveal, maskedField } from './masked-field.ts'
import { SEALED_FIELDS } from './person.ts'
import { aboutOf, memberLine, nameOf } from './person-lines.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'

/** A person with masks on, the household, and what may be done here. */
export function personPage(present: Presenter, actor: Actor, { person, household }: Candidate): object {
  const href = `/people/${person.personId}`
  return {
    title: nameOf(present, person),
    version: person.version,
    href,
    about: aboutOf(present, person),
    tags: person.tags.map((code) => ({ text: present.t(`people:tag.${code}`), tone: 'plain' })),
    notes: person.notes.map((code) => ({ text: present.t(`people:note.${code}`), tone: 'waiting' })),
    fields: SEALED_FIELDS.filter((field) => person.hidden.includes(field)).map((field) => ({
      label: present.t(`people:field.${field}`),
      lines: field === 'phones' ? person.phones.slice(0, -1) : [],
      masked: maskedField(present, actor, person, field),
    })),
    revealHref: fieldsToReveal(actor, person).length > 0 ? `${href}/reveal` : undefined,
    isMinor: person.isMinor,
    isErased: person.isErased,
    household: household.map((member) => memberLine(present, member)),
    mayUpdate: mayEver(PERSON_PERMISSIONS, actor, 'person.update') && !person.isErased,
    inHousehold: person.householdId !== undefined,
    historyHref: mayEver(PERSON_PERMISSIONS, actor, 'person.read_access') ? `${href}/history` : undefined,
  }
}
