import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { COMMON_REASONS } from './look.ts'
import type { MaskedPerson } from './masked-person.ts'
import type { SealedField } from './person.ts'
import { SEALED_FIELDS } from './person.ts'
import { mayReveal } from './person-guards.ts'
import { maskedText } from './person-lines.ts'

/** What `{{> masked}}` needs: the masked text, and where to ask for the value behind it. */
export function maskedField(present: Presenter, actor: Actor, person: MaskedPerson, field: SealedField): object {
  const isAllowed = mayReveal(actor, field)
  return {
    text: maskedText(person, field),
    label: present.t(`people:field.${field}`),
    action: isAllowed ? `/people/${person.personId}/reveal` : undefined,
    fields: [{ name: 'field', value: field }],
    reasons: COMMON_REASONS.map((value) => ({ value, text: present.t(`people:reason.${value}`) })),
  }
}

/** The fields that are known of the person and that the actor's role may see for a reason. */
export function fieldsToReveal(actor: Actor, person: MaskedPerson): SealedField[] {
  return SEALED_FIELDS.filter((field) => person.hidden.includes(field) && mayReveal(actor, field))
}
