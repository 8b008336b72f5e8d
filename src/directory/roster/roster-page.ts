import type { FormParts, Presenter, TableView } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import { chinaDay } from '../../shared/china-day.ts'
import { dayOptions, daysText } from '../hours-fields.ts'
import type { Colleague } from '../staff/staff-book.ts'
import type { Unit } from '../units/unit.ts'
import { isOver } from '../validity.ts'
import type { Absence } from './absence.ts'
import type { Gap } from './gaps.ts'
import type { DutyBook, OnDuty } from './on-duty.ts'
import { ladderOf, rosterOf, secondOf, SHIFT_ROLES } from './on-duty.ts'
import { daysOfWeek, spanText, weekOf } from './roster-week.ts'
import type { Shift } from './shift.ts'
import { SHIFT_PARTS } from './shift.ts'

/** One of the forms of the page. */
export type RosterForm = 'shift' | 'absence' | 'note'

/** A note, opened. */
export interface NoteLine {
  readonly id: string
  readonly byStaffId: string
  readonly at: Date
  readonly text: string
  readonly readBy: readonly string[]
}

export interface RosterPageParts {
  readonly book: DutyBook
  readonly unit: Unit
  /** A moment of the week that is shown. */
  readonly week: Date
  readonly gaps: readonly Gap[]
  /** Undefined for those who may not read them. */
  readonly notes: readonly NoteLine[] | undefined
  readonly lines: readonly { readonly id: string; readonly name: string }[]
  readonly me: string
  readonly mayEdit: boolean
  readonly fault?: { readonly form: RosterForm; readonly parts: FormParts } | undefined
}

const DAY_MS = 86_400_000

/** The roster of a unit: who is on duty now and why, the week, who is away, notes. */
export function rosterPage(parts: RosterPageParts, present: Presenter): object {
  const { book, unit, week, gaps, mayEdit, fault } = parts
  const { t, now } = present
  const days = daysOfWeek(week)
  const monday = days[0] ?? week
  const path = `/roster/${unit._id}`
  const form = (which: RosterForm, values: Readonly<Record<string, unknown>> = {}) =>
    formView(present, { values, ...(fault?.form === which ? fault.parts : {}) })
  const near = (offset: number) => `${path}?week=${chinaDay(new Date(monday.getTime() + offset * DAY_MS))}`
  return {
    title: t('directory:roster.of', { unit: unit.shortName }),
    now: nowLine(book, unit._id, present),
    ladder: ladderOf(book, unit._id, now).map((rung) => rungText(rung, book, present)),
    second: secondOf(book, unit._id, now).map(({ person }) => person.name),
    gaps: gaps.map(({ from, to }) => t('directory:roster.gap', { from: present.time(from), to: present.time(to) })),
    table: weekTable(parts, days, present),
    previous: near(-7),
    next: near(7),
    thisWeek: path,
    mayEdit,
    open: fault?.form,
    shifts: mayEdit ? openShifts(parts, present) : [],
    absences: absencesOf(parts, present),
    mayWrite: parts.notes !== undefined,
    notes: parts.notes?.map((note) => noteLine(note, parts, present)),
    forms: {
      shift: form('shift', {
        part: 'duty',
        days: ['1', '2', '3', '4', '5', '6', '7'],
        from: '00:00',
        to: '24:00',
        firstDay: chinaDay(now),
      }),
      absence: form('absence', { awayStaff: mayEdit ? '' : parts.me }),
      note: form('note'),
    },
    action: path,
    people: peopleOf(parts, now),
    own: mayEdit ? undefined : parts.me,
    mayReportAbsence: mayEdit || isOfUnit(book.staff.get(parts.me), unit._id),
    parts: SHIFT_PARTS.map((value) => ({ value, text: t(`directory:shiftParts.${value}`) })),
    lines: parts.lines.map(({ id, name }) => ({ value: id, text: name })),
    days: dayOptions(t),
  }
}

/** Who is on duty now, in one sentence; a stand-in who has taken over is named as such. */
function nowLine(book: DutyBook, unit: string, { t, now }: Presenter): string {
  const there = rosterOf(book, unit, now)
  const duty = there.filter(({ reason }) => reason !== 'stand_in')
  const names = (duty.length > 0 ? duty : there).map(({ person }) => person.name).join(t('directory:comma'))
  if (there.length === 0) return t('directory:roster.nobody')
  return t(duty.length > 0 ? 'directory:roster.now' : 'directory:roster.standInNow', { names })
}

/** One step of the ladder in words: 顾安平，值班干部（常乐镇）：今天值班. */
export function rungText(
  { person, reason }: OnDuty,
  book: DutyBook,
  { t }: Presenter,
): { name: string; reason: string } {
  const name = t('directory:personInUnit', { name: person.name, unit: book.units.nameOf(person.unit) })
  return { name, reason: t(`directory:dutyReasons.${reason}`) }
}

function weekTable(
  { book, unit, week }: RosterPageParts,
  days: readonly Date[],
  present: Presenter,
): TableView | undefined {
  const { t } = present
  const rows = weekOf(book, unit._id, week)
  if (rows.length === 0) return undefined
  const heading = (day: Date, index: number) =>
    t('directory:roster.day', { weekday: t(`directory:weekdays.${index + 1}`), day: present.time(day, 'day') })
  return {
    caption: t('directory:roster.week', {
      from: present.time(days[0] ?? week, 'day'),
      to: present.time(days[6] ?? week, 'day'),
    }),
    columns: [{ text: t('directory:roster.who') }, ...days.map((day, index) => ({ text: heading(day, index) }))],
    rows: rows.map(({ part, staffId, days: spans }) => ({
      id: `${part}-${staffId}`,
      cells: [
        { text: book.staff.nameOf(staffId), note: t(`directory:shiftParts.${part}`) },
        ...spans.map((ofDay) => ({ text: ofDay.map(spanText).join(t('directory:comma')) || '–' })),
      ],
    })),
  }
}

/** What an editor can take off the roster: everything that has not ended. */
function openShifts({ book, unit }: RosterPageParts, present: Presenter): object[] {
  const { t, now } = present
  const words = (shift: Shift) => {
    const { part, staffId, pattern, validFrom, validTo } = shift
    const name = book.staff.nameOf(staffId)
    const what = {
      name,
      part: t(`directory:shiftParts.${part}`),
      from: present.time(validFrom),
      to: validTo ? present.time(validTo) : '',
    }
    if (!pattern) return t('directory:roster.once', what)
    const when = { days: daysText(pattern.days, t), start: pattern.from, end: pattern.to }
    return t(validTo ? 'directory:roster.weeklyUntil' : 'directory:roster.weekly', { ...what, ...when })
  }
  return book
    .shiftsOf(unit._id)
    .filter((shift) => !isOver(shift, now))
    .map((shift) => ({ text: words(shift), action: `/roster/${unit._id}/shifts/${shift._id}/end` }))
}

function absencesOf({ book, unit, me, mayEdit }: RosterPageParts, present: Presenter): object[] {
  const { t, now } = present
  const people = book.staff.all.filter((person) => isOfUnit(person, unit._id))
  const open = people.flatMap(({ _id }) => book.absencesOf(_id)).filter(({ to }) => to > now)
  const words = ({ staffId, from, to, substituteId }: Absence) => {
    const what = { name: book.staff.nameOf(staffId), from: present.time(from), to: present.time(to) }
    if (substituteId === undefined) return t('directory:roster.away', what)
    return t('directory:roster.awayWith', { ...what, substitute: book.staff.nameOf(substituteId) })
  }
  return open.map((absence) => ({
    text: words(absence),
    action: mayEdit || absence.staffId === me ? `/roster/${unit._id}/absences/${absence._id}/end` : undefined,
  }))
}

function noteLine(note: NoteLine, { book, unit, me }: RosterPageParts, { t }: Presenter): object {
  const { id, byStaffId, at, text, readBy } = note
  const isUnread = byStaffId !== me && !readBy.includes(me)
  return {
    id,
    at,
    who: book.staff.nameOf(byStaffId),
    text,
    read:
      readBy.length > 0
        ? t('directory:roster.readBy', { names: readBy.map((id) => book.staff.nameOf(id)).join(t('directory:comma')) })
        : t('directory:roster.unread'),
    action: isUnread ? `/roster/${unit._id}/notes/${id}/read` : undefined,
  }
}

/** Who can be put on this roster. */
function peopleOf({ book, unit }: RosterPageParts, at: Date): { value: string; text: string }[] {
  const roles = new Set(SHIFT_PARTS.flatMap((part) => SHIFT_ROLES[part]))
  return book.staff.all
    .filter((person) => !isOver(person, at))
    .filter((person) => person.roles.some((held) => held.unit === unit._id && roles.has(held.role)))
    .map(({ _id, name, account }) => ({ value: _id, text: `${name} ${account}` }))
}

function isOfUnit(person: Colleague | undefined, unit: string): boolean {
  return person?.roles.some((held) => held.unit === unit) ?? false
}

/** The rosters somebody may see, with who is there now. */
export function rosterListPage(book: DutyBook, units: readonly Unit[], present: Presenter): object {
  const { t, now } = present
  const table: TableView = {
    caption: t('directory:roster.title'),
    hideCaption: true,
    columns: [
      { text: t('directory:roster.unit') },
      { text: t('directory:roster.onDuty') },
      { text: t('directory:unit.phone') },
    ],
    rows: units.map((unit) => ({
      id: unit._id,
      cells: [
        { text: unit.shortName, href: `/roster/${unit._id}` },
        nowCell(book, unit, present),
        { text: unit.phone ?? '' },
      ],
    })),
  }
  return { title: t('directory:roster.title'), table, at: now }
}

function nowCell(book: DutyBook, { _id }: Unit, { t, now }: Presenter): TableView['rows'][number]['cells'][number] {
  const names = rosterOf(book, _id, now).map(({ person }) => person.name)
  return names.length > 0
    ? { text: names.join(t('directory:comma')) }
    : { tag: { text: t('directory:roster.nobody'), tone: 'problem' } }
}
