import type { FormParts, FormView, Presenter, TableView } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import { formatPhone } from '../../shared/phone.ts'
import { isOver } from '../validity.ts'
import type { Unit } from './unit.ts'
import { UNIT_KINDS } from './unit.ts'
import type { UnitBook } from './unit-book.ts'

/** An entry of a select field. */
export interface Option {
  readonly value: string
  readonly text: string
}

/** The list of units, those that ended last. */
export function unitListPage(book: UnitBook, { t, now }: Presenter): { title: string; table: TableView } {
  const shown = [...book.all].sort((one, other) => Number(isOver(one, now)) - Number(isOver(other, now)))
  return {
    title: t('directory:units.title'),
    table: {
      caption: t('directory:units.title'),
      hideCaption: true,
      columns: ['name', 'kind', 'parent', 'phone', 'state'].map((name) => ({ text: t(`directory:unit.${name}`) })),
      rows: shown.map((unit) => ({
        id: unit._id,
        cells: [
          { text: unit.shortName, href: `/admin/units/${unit._id}`, note: unit._id },
          { text: t(`directory:unitKinds.${unit.kind}`) },
          { text: unit.parent === undefined ? '' : book.nameOf(unit.parent) },
          { text: unit.phone === undefined ? '' : formatPhone(unit.phone) },
          { tag: stateTag(isOver(unit, now), t) },
        ],
      })),
    },
  }
}

/** The form for a new unit. */
export function newUnitPage(book: UnitBook, present: Presenter, parts: FormParts = {}): object {
  const { t, now } = present
  return {
    title: t('directory:units.new'),
    form: formView(present, parts),
    kinds: UNIT_KINDS.filter((kind) => kind !== 'county').map((value) => ({
      value,
      text: t(`directory:unitKinds.${value}`),
    })),
    parents: unitOptions(book, now, (unit) => unit.kind !== 'hotline'),
    county: book.all.find(({ kind }) => kind === 'county')?._id ?? '',
  }
}

/** One unit, with the form to change it and the button to end it. */
export function unitPage(unit: Unit, book: UnitBook, present: Presenter, parts?: FormParts): object {
  const { t, now } = present
  const { _id, kind, name, shortName, parent, phone, validFrom, validTo, version } = unit
  const values = { name, shortName, parent, phone: phone === undefined ? '' : formatPhone(phone) }
  const form: FormView = formView(present, { version, values, ...parts })
  return {
    title: shortName,
    isOver: isOver(unit, now),
    isCounty: kind === 'county',
    rows: [
      { label: t('directory:unit.id'), cell: { text: _id } },
      { label: t('directory:unit.kind'), cell: { text: t(`directory:unitKinds.${kind}`) } },
      { label: t('directory:unit.since'), cell: { text: present.time(validFrom, 'day') } },
      ...(validTo ? [{ label: t('directory:unit.until'), cell: { text: present.time(validTo) } }] : []),
    ],
    form,
    version,
    action: `/admin/units/${_id}`,
    parents: unitOptions(book, now, (other) => other.kind !== 'hotline' && other._id !== _id),
    rosterHref: `/roster/${_id}`,
  }
}

/** Units to choose from, that have not ended. */
export function unitOptions(book: UnitBook, at: Date, wanted: (unit: Unit) => boolean = () => true): Option[] {
  const open = book.all.filter((unit) => !isOver(unit, at) && wanted(unit))
  return open.map(({ _id, shortName, parent, kind }) => ({
    value: _id,
    text: kind === 'village' && parent !== undefined ? `${book.nameOf(parent)} ${shortName}` : shortName,
  }))
}

/** In use or ended, as a word with its shape. */
export function stateTag(over: boolean, t: Presenter['t']): { text: string; tone: 'active' | 'plain' } {
  return over
    ? { text: t('directory:state.ended'), tone: 'plain' }
    : { text: t('directory:state.active'), tone: 'active' }
}
