import type { Presenter } from '../platform/views/index.ts'
import type { MaskedMember } from './candidate.ts'
import type { MaskedPerson } from './masked-person.ts'
import type { SealedField } from './person.ts'

/** Stands for a field of which not even a part is shown. */
const HIDDEN = '＊＊＊'

/** Somebody's masked name, or that nobody knows it. */
export function nameOf(present: Presenter, person: MaskedPerson): string {
  if (person.isErased) return present.t('people:name.erased')
  return person.name === '' ? present.t('people:name.unknown') : person.name
}

/** Relation, masked name, and whether a minor: 子女 ＊＊＊ 未成年人. */
export function memberLine(present: Presenter, { person, relation }: MaskedMember): { href: string; text: string } {
  const minor = person.isMinor ? present.t('people:minor') : ''
  const words = [present.t(`people:relation.${relation}`), nameOf(present, person), minor].filter(Boolean)
  return { href: `/people/${person.personId}`, text: words.join(' ') }
}

/** One line about somebody: sex, age, phones, identity number, all masked. */
export function lineOf(present: Presenter, person: MaskedPerson): string {
  return [aboutOf(present, person), ...person.phones, person.identityNumber].filter(Boolean).join(' · ')
}

/** Sex and age, or only that a minor. */
export function aboutOf(present: Presenter, { years, sex, isMinor }: MaskedPerson): string {
  if (isMinor) return present.t('people:minor')
  const words = [
    sex ? present.t(`people:sex.${sex}`) : '',
    years === undefined ? '' : present.t('people:years', { years }),
  ]
  return words.filter(Boolean).join(' · ')
}

/** What is shown in place of a sealed field. Of several phones the last: the others stand above it. */
export function maskedText(person: MaskedPerson, field: SealedField): string {
  if (field === 'phones') return person.phones.at(-1) ?? HIDDEN
  if (field === 'name' || field === 'identityNumber' || field === 'bankAccount') return person[field] || HIDDEN
  return HIDDEN
}
