import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { mayEver } from '../shared/permissions.ts'
import { formatPhone } from '../shared/phone.ts'
import type { Candidate, MaskedMember } from './candidate.ts'
import { RELATIONS } from './household.ts'
import { COMMON_REASONS, LOOK_REASONS } from './look.ts'
import type { MaskedPerson } from './masked-person.ts'
import type { SealedField } from './person.ts'
import { NOTE_CODES, SEALED_FIELDS, TAG_CODES } from './person.ts'
import { mayReveal } from './person-guards.ts'
import type { PersonAccess } from './person-history.ts'
import type { InputWarning } from './person-input.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'
import type { RevealedField } from './reveal-field.ts'

/** Stands for a field of which not even a part is shown. */
const HIDDEN = '＊＊＊'

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
function fieldsToReveal(actor: Actor, person: MaskedPerson): SealedField[] {
  return SEALED_FIELDS.filter((field) => person.hidden.includes(field) && mayReveal(actor, field))
}

/** Somebody's masked name, or that nobody knows it. */
export function nameOf(present: Presenter, person: MaskedPerson): string {
  if (person.isErased) return present.t('people:name.erased')
  return person.name === '' ? present.t('people:name.unknown') : person.name
}

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

/** Who looked at or changed a person. */
export function historyPage(
  present: Presenter,
  personId: string,
  lines: readonly PersonAccess[],
  nameOfId: (id: string) => string,
): object {
  return {
    title: present.t('people:history.title'),
    backHref: `/people/${personId}`,
    entries: [...lines].reverse().map(({ seq, at, staffId, unit, type, fields, reason, on }) => ({
      id: seq,
      at,
      text: present.t(`people:fact.${type.replace('person.', '')}`),
      who: `${nameOfId(unit)} · ${nameOfId(staffId)}`,
      note: [
        ...fields.map((field) => present.t(`people:field.${field}`)),
        ...(reason ? [present.t(`people:reason.${reason}`)] : []),
        ...(on ? [on] : []),
      ].join(' · '),
    })),
  }
}

/** The warnings about what was typed, in words, for the message after saving. */
export function warningWords(present: Presenter, warnings: readonly InputWarning[]): string {
  return warnings.map(({ field, code }) => present.t(`people:warning.${field}.${code}`)).join('；')
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

function memberLine(present: Presenter, { person, relation }: MaskedMember): { href: string; text: string } {
  const minor = person.isMinor ? present.t('people:minor') : ''
  const words = [present.t(`people:relation.${relation}`), nameOf(present, person), minor].filter(Boolean)
  return { href: `/people/${person.personId}`, text: words.join(' ') }
}

function lineOf(present: Presenter, person: MaskedPerson): string {
  return [aboutOf(present, person), ...person.phones, person.identityNumber].filter(Boolean).join(' · ')
}

function aboutOf(present: Presenter, { years, sex, isMinor }: MaskedPerson): string {
  if (isMinor) return present.t('people:minor')
  const words = [
    sex ? present.t(`people:sex.${sex}`) : '',
    years === undefined ? '' : present.t('people:years', { years }),
  ]
  return words.filter(Boolean).join(' · ')
}

function maskedText(person: MaskedPerson, field: SealedField): string {
  if (field === 'phones') return person.phones.at(-1) ?? HIDDEN
  if (field === 'name' || field === 'identityNumber' || field === 'bankAccount') return person[field] || HIDDEN
  return HIDDEN
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

function valueLines(value: RevealedField['value']): readonly string[] {
  if (typeof value === 'string') return [value]
  if ('account' in value) return [value.account, value.bank, value.holder ?? ''].filter(Boolean)
  return value.map(({ number, extension }) => formatPhone(number, extension))
}
