import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { formatPhone } from '../shared/phone.ts'
import { LOOK_REASONS } from './look.ts'
import { fieldsToReveal } from './masked-field.ts'
import type { MaskedPerson } from './masked-person.ts'
import { nameOf } from './person-lines.ts'
import type { RevealedField } from './reveal-field.ts'

/** Asks which field has to be seen, and why. */
export function revealPage(present: Presenter, actor: Actor, person: MaskedPerson, form: FormParts = {}): object {
  const fields = fieldsToReveal(actor, person)
  return {
    title: present.t('people:reveal.title', { name: nameOf(present, person) }),
    backHref: `/people/${person.personId}`,
    action: `/people/${person.personId}/reveal`,
    fields: fields.map((value) => ({ value, text: present.t(`people:field.${value}`) })),
    reasons: LOOK_REASONS.map((value) => ({ value, text: present.t(`people:reason.${value}`) })),
    consent: [{ value: 'yes', text: present.t('people:reveal.consent') }],
    isMinor: person.isMinor,
    form: formView(present, form),
  }
}

/** The value behind the mask, once. */
export function revealedPage(present: Presenter, { personId, field, value }: RevealedField, reason: string): object {
  return {
    title: present.t(`people:field.${field}`),
    backHref: `/people/${personId}`,
    values: valueLines(value),
    note: present.t('people:reveal.noted', { reason: present.t(`people:reason.${reason}`) }),
  }
}

function valueLines(value: RevealedField['value']): readonly string[] {
  if (typeof value === 'string') return [value]
  if ('account' in value) return [value.account, value.bank, value.holder ?? ''].filter(Boolean)
  return value.map(({ number, extension }) => formatPhone(number, extension))
}
