import type { FormParts, FormView, Presenter, TableView } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import { ROLES } from '../../shared/actor.ts'
import { rolesText } from '../own-account/own-page.ts'
import type { Reset } from '../sign-in/reset.ts'
import { RESET_KINDS } from '../sign-in/reset.ts'
import type { UnitBook } from '../units/unit-book.ts'
import type { Option } from '../units/unit-page.ts'
import { unitOptions } from '../units/unit-page.ts'
import type { Staff } from './staff.ts'
import type { Colleague, StaffBook } from './staff-book.ts'
import { ROLE_LINES, roleValues } from './staff-forms.ts'
import type { StaffListPage } from './staff-list.ts'
import { stateOf } from './staff-view.ts'

const LANGUAGES = [
  { value: 'zh-CN', text: '中文' },
  { value: 'en', text: 'English' },
]

/** The list of people, with what was looked for. */
export function staffListPage(
  page: StaffListPage,
  units: UnitBook,
  query: Readonly<Record<string, string>>,
  present: Presenter,
): object {
  const { t, now } = present
  const table: TableView = {
    caption: t('directory:staff.title'),
    hideCaption: true,
    columns: ['name', 'account', 'unit', 'roles', 'state'].map((name) => ({ text: t(`directory:staff.${name}`) })),
    rows: page.items.map((person) => staffRow(person, units, present)),
    ...(page.next === undefined ? {} : { next: { href: hrefAfter(query, page.next) } }),
  }
  return {
    title: t('directory:staff.title'),
    table: page.items.length > 0 ? table : undefined,
    form: formView(present, { values: query }),
    units: unitOptions(units, now),
    states: ['active', 'all'].map((value) => ({ value, text: t(`directory:staff.show.${value}`) })),
  }
}

function staffRow(person: Colleague, units: UnitBook, present: Presenter): TableView['rows'][number] {
  const state = stateOf(person, present.now)
  const tone = state === 'active' ? 'active' : 'plain'
  return {
    id: person._id,
    cells: [
      { text: person.name, href: `/admin/staff/${person._id}` },
      { text: person.account },
      { text: units.nameOf(person.unit) },
      { text: rolesText(person, units, present) },
      { tag: { text: present.t(`directory:state.${state}`), tone } },
    ],
  }
}

function hrefAfter(query: Readonly<Record<string, string>>, after: string): string {
  return `/admin/staff?${new URLSearchParams({ ...query, after }).toString()}`
}

/** The form for a new member of the staff. */
export function newStaffPage(units: UnitBook, present: Presenter, parts: FormParts = {}): object {
  return {
    title: present.t('directory:staff.new'),
    form: formView(present, { values: { language: 'zh-CN' }, ...parts }),
    units: unitOptions(units, present.now),
    languages: LANGUAGES,
    roleLines: roleLines(units, present, parts.values),
  }
}

/** One of the forms on a person's page. */
export type StaffForm = 'person' | 'roles' | 'reset' | 'end'

export interface StaffPageParts {
  readonly person: Staff
  readonly units: UnitBook
  readonly staff: StaffBook
  readonly resets: readonly Reset[]
  readonly lockedUntil: Date | undefined
  readonly isSelf: boolean
  readonly mayEdit: boolean
  readonly fault?: { readonly form: StaffForm; readonly parts: FormParts } | undefined
}

/** A person's page for the administrator; heads and supervisors see it without the forms. */
export function staffPage(parts: StaffPageParts, present: Presenter): object {
  const { person, units, resets, lockedUntil, isSelf, mayEdit, fault } = parts
  const { t } = present
  const { _id, name, account, version } = person
  const state = stateOf(person, present.now)
  const form = (which: StaffForm, values: Readonly<Record<string, unknown>>): FormView =>
    formView(present, { version, values, ...(fault?.form === which ? fault.parts : {}) })
  return {
    title: t('directory:personInUnit', { name, unit: units.nameOf(person.unit) }),
    rows: [
      { label: t('directory:staff.account'), cell: { text: account } },
      { label: t('directory:staff.roles'), cell: { text: rolesText(person, units, present) } },
      { label: t('directory:staff.state'), cell: { text: t(`directory:state.${state}`) } },
      { label: t('directory:staff.since'), cell: { text: present.time(person.validFrom, 'day') } },
      ...(person.validTo ? [{ label: t('directory:staff.until'), cell: { text: present.time(person.validTo) } }] : []),
      { label: t('directory:staff.password'), cell: { text: passwordText(person, present) } },
      {
        label: t('directory:staff.secondFactor'),
        cell: { text: t(`directory:staff.${person.totp ? 'factorOn' : 'factorOff'}`) },
      },
      {
        label: t('directory:staff.lastSignIn'),
        cell: { text: person.lastSignInAt ? present.time(person.lastSignInAt) : t('directory:staff.neverSignedIn') },
      },
      {
        label: t('directory:staff.phone'),
        cell: { text: t(`directory:staff.${person.phone ? 'phoneKept' : 'noPhone'}`) },
      },
    ],
    mayEdit: mayEdit && state !== 'ended',
    isSelf,
    version,
    action: `/admin/staff/${_id}`,
    locked: lockedUntil && t('directory:staff.lockedUntil', { at: present.time(lockedUntil) }),
    waiting: resets.map((reset) => waitingReset(reset, parts, present)),
    forms: {
      person: form('person', { name, unit: person.unit, language: person.language }),
      roles: form('roles', roleValues(person.roles)),
      reset: form('reset', { kind: 'password' }),
      end: form('end', {}),
    },
    units: unitOptions(units, present.now),
    languages: LANGUAGES,
    roleLines: roleLines(units, present, fault?.form === 'roles' ? fault.parts.values : roleValues(person.roles)),
    kinds: RESET_KINDS.map((value) => ({ value, text: t(`directory:resetKinds.${value}`) })),
  }
}

/** A reset in words, with its two buttons. */
export function waitingReset(
  reset: Reset,
  { staff }: Pick<StaffPageParts, 'staff'>,
  present: Presenter,
): { text: string; confirm: string; withdraw: string; askedBy: string } {
  const { t } = present
  const { _id, kind, staffId, askedBy, askedAt, expiresAt } = reset
  return {
    text: t('directory:resets.line', {
      who: staff.nameOf(staffId),
      kind: t(`directory:resetKinds.${kind}`),
      by: staff.nameOf(askedBy),
      at: present.time(askedAt),
      until: present.time(expiresAt),
    }),
    askedBy,
    confirm: `/admin/resets/${_id}/confirm`,
    withdraw: `/admin/resets/${_id}/withdraw`,
  }
}

function passwordText({ password }: Staff, present: Presenter): string {
  const { t } = present
  const { setAt, oneTimeUntil } = password
  return oneTimeUntil
    ? t('directory:staff.oneTimeUntil', { at: present.time(oneTimeUntil) })
    : t('directory:staff.passwordSince', { at: present.time(setAt, 'day') })
}

/** Lines of role and unit for the form: those that are filled in and an empty one. */
function roleLines(
  units: UnitBook,
  { t, now }: Presenter,
  values: Readonly<Record<string, unknown>> | undefined = {},
): object[] {
  const roles: Option[] = ROLES.map((value) => ({ value, text: t(`directory:roles.${value}`) }))
  const places = unitOptions(units, now)
  const numbers = Array.from({ length: ROLE_LINES }, (_, index) => index + 1)
  const filled = numbers.filter((no) => values[`role${no}`] || values[`roleUnit${no}`])
  return numbers.slice(0, Math.max(0, ...filled) + 1).map((no) => ({
    role: `role${no}`,
    unit: `roleUnit${no}`,
    roleLabel: t('directory:staff.roleNo', { no }),
    unitLabel: t('directory:staff.roleUnitNo', { no }),
    roles,
    places,
  }))
}
