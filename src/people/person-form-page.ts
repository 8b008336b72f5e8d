import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import type { MaskedPerson } from './masked-person.ts'
import { NOTE_CODES, SEALED_FIELDS, TAG_CODES } from './person.ts'
import type { InputWarning } from './person-input.ts'
import { maskedText, nameOf } from './person-lines.ts'

/** The form of a new person, or of changes to one. */
export function personFormPage(present: Presenter, person: MaskedPerson | undefined, form: FormParts = {}): object {
  const href = person ? `/people/${person.personId}` : '/people'
  const known = SEALED_FIELDS.filter((field) => person?.hidden.includes(field))
  const option = (group: string) => (value: string) => ({ value, text: present.t(`people:${group}.${value}`) })
  const knownId = form.refusal?.details['personId']
  return {
    title: person ? present.t('people:edit.title', { name: nameOf(present, person) }) : present.t('people:new.title'),
    backHref: href,
    action: href,
    isNew: person === undefined,
    hints: person ? hintsOf(present, person) : {},
    phoneLabel: present.t(known.includes('phones') ? 'people:form.anotherPhone' : 'people:form.phone'),
    tags: TAG_CODES.map(option('tag')),
    notes: NOTE_CODES.map(option('note')),
    clearable: known.map(option('field')),
    knownHref:
      typeof knownId === 'string' && form.refusal?.code === 'person.already_known' ? `/people/${knownId}` : undefined,
    form: formView(present, {
      ...form,
      ...(person ? { version: person.version } : {}),
      values: { tags: person?.tags ?? [], notes: person?.notes ?? [], ...form.values },
    }),
  }
}

/** The warnings about what was typed, in words, for the message after saving. */
export function warningWords(present: Presenter, warnings: readonly InputWarning[]): string {
  return warnings.map(({ field, code }) => present.t(`people:warning.${field}.${code}`)).join('；')
}

/** What is known already, masked, beside each field of the form: an empty field leaves it. */
function hintsOf(present: Presenter, person: MaskedPerson): Record<string, string> {
  return Object.fromEntries(
    person.hidden.map((field) => {
      const known = field === 'phones' ? person.phones.join(' · ') : maskedText(person, field)
      return [field, present.t('people:edit.known', { known })]
    }),
  )
}
