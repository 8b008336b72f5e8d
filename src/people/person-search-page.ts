import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { mayEver } from '../shared/permissions.ts'
import type { Candidate } from './candidate.ts'
import { lineOf, memberLine, nameOf } from './person-lines.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'

/** Looking for somebody, and who was found. */
export function searchPage(
  present: Presenter,
  actor: Actor,
  form: FormParts = {},
  found?: readonly Candidate[],
): object {
  return {
    title: present.t('people:search.title'),
    form: formView(present, form),
    wasAsked: found !== undefined,
    items: (found ?? []).map((candidate) => foundLine(present, candidate)),
    mayRegister: mayEver(PERSON_PERMISSIONS, actor, 'person.register'),
  }
}

function foundLine(present: Presenter, { person, matchedBy, household }: Candidate): object {
  return {
    id: person.personId,
    href: `/people/${person.personId}`,
    name: nameOf(present, person),
    text: lineOf(present, person),
    matched: matchedBy.map((by) => present.t(`people:matched.${by}`)).join(' · '),
    household: household.map((member) => memberLine(present, member).text).join('、'),
    tags: person.tags.map((code) => ({ text: present.t(`people:tag.${code}`), tone: 'plain' })),
    notes: person.notes.map((code) => ({ text: present.t(`people:note.${code}`), tone: 'waiting' })),
  }
}
