import type { FormParts, Presenter, TableView } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import { formatPhone } from '../../shared/phone.ts'
import { dayOptions, hoursText, hoursValues } from '../hours-fields.ts'
import type { StaffBook } from '../staff/staff-book.ts'
import type { UnitBook } from '../units/unit-book.ts'
import { stateTag, unitOptions } from '../units/unit-page.ts'
import { isOver } from '../validity.ts'
import type { Window } from './window.ts'

/** What the pages of windows look names up in. */
export interface WindowBooks {
  readonly units: UnitBook
  readonly staff: StaffBook
}

/** The list of windows. */
export function windowListPage(
  windows: readonly Window[],
  { units, staff }: WindowBooks,
  { t, now }: Presenter,
): { title: string; table: TableView } {
  return {
    title: t('directory:windows.title'),
    table: {
      caption: t('directory:windows.title'),
      hideCaption: true,
      columns: ['unit', 'name', 'place', 'hours', 'holder', 'state'].map((name) => ({
        text: t(`directory:window.${name}`),
      })),
      rows: windows.map((window) => ({
        id: window._id,
        cells: [
          { text: units.nameOf(window.unit), href: `/admin/windows/${window._id}` },
          { text: window.name },
          { text: window.place },
          { text: hoursText(window.hours, t) },
          { text: window.holderId === undefined ? '' : staff.nameOf(window.holderId) },
          { tag: stateTag(isOver(window, now), t) },
        ],
      })),
    },
  }
}

/** The form of a window, a new one or one that is there. */
export function windowPage(
  window: Window | undefined,
  { units, staff }: WindowBooks,
  present: Presenter,
  parts: FormParts = {},
): object {
  const { t, now } = present
  const phone = window?.phone === undefined ? '' : formatPhone(window.phone)
  const values = window
    ? { ...window, phone, ...hoursValues(window.hours) }
    : { days1: ['1', '2', '3', '4', '5'], from1: '08:30', to1: '17:30' }
  const holders = staff.all.filter((person) => !isOver(person, now))
  return {
    title: window ? t('directory:windows.of', { unit: units.nameOf(window.unit) }) : t('directory:windows.new'),
    isOver: window ? isOver(window, now) : false,
    form: formView(present, { version: window?.version, values, ...parts }),
    version: window?.version,
    action: window ? `/admin/windows/${window._id}` : '/admin/windows',
    endAction: window ? `/admin/windows/${window._id}/end` : undefined,
    keepHours: window && window.hours.length > 2 ? hoursText(window.hours, t) : undefined,
    days: dayOptions(t),
    units: unitOptions(units, now, ({ kind }) => kind !== 'hotline'),
    holders: holders.map(({ _id, name, unit }) => ({
      value: _id,
      text: t('directory:personInUnit', { name, unit: units.nameOf(unit) }),
    })),
  }
}
