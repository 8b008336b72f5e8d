import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import type { Candidate } from './candidate.ts'
import { RELATIONS } from './household.ts'
import type { MaskedPerson } from './masked-person.ts'
import { lineOf, nameOf } from './person-lines.ts'

/** Choosing whose household somebody joins. */
export function householdPage(
  present: Presenter,
  person: MaskedPerson,
  form: FormParts = {},
  found?: readonly Candidate[],
): object {
  const others = (found ?? []).filter((candidate) => candidate.person.personId !== person.personId)
  return {
    title: present.t('people:household.title', { name: nameOf(present, person) }),
    backHref: `/people/${person.personId}`,
    searchAction: `/people/${person.personId}/household/search`,
    joinAction: `/people/${person.personId}/household`,
    wasAsked: found !== undefined,
    people: others.map(({ person: other }) => ({
      value: other.personId,
      text: nameOf(present, other),
      hint: lineOf(present, other),
    })),
    relations: RELATIONS.map((value) => ({ value, text: present.t(`people:relation.${value}`) })),
    form: formView(present, { ...form, version: person.version }),
  }
}
