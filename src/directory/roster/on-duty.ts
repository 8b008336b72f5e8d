import type { Role } from '../../shared/actor.ts'
import type { Colleague, StaffBook } from '../staff/staff-book.ts'
import type { UnitKind } from '../units/unit.ts'
import type { UnitBook } from '../units/unit-book.ts'
import { isValidAt } from '../validity.ts'
import type { Absence } from './absence.ts'
import { absenceAt } from './absence.ts'
import type { Shift, ShiftPart } from './shift.ts'
import { isRunning } from './shift.ts'

/** Why somebody is asked, from the first to the last who is. */
export const DUTY_REASONS = [
  'roster',
  'substitute',
  'stand_in',
  'deputy',
  'head',
  'supervisor',
  'post',
  'county_roster',
  'county',
] as const

export type DutyReason = (typeof DUTY_REASONS)[number]

/** Everything that decides who is on duty in a county. */
export interface DutyBook {
  readonly county: string
  readonly units: UnitBook
  readonly staff: StaffBook
  /** Shifts of each unit. */
  readonly shiftsOf: (unit: string) => readonly Shift[]
  readonly absencesOf: (staffId: string) => readonly Absence[]
}

/** Somebody who can be asked, and why it is them. */
export interface OnDuty {
  readonly person: Colleague
  readonly reason: DutyReason
}

/** Which roles, beside the roster, answer for a unit of a kind, in order. */
const POSTS: Readonly<Record<UnitKind, readonly (readonly [Role, DutyReason])[]>> = {
  township: [
    ['deputy', 'deputy'],
    ['township_head', 'head'],
  ],
  village: [['village_clerk', 'post']],
  hotline: [['hotline_supervisor', 'supervisor']],
  department: [['member', 'post']],
  body: [
    ['rescue_station', 'post'],
    ['child_protection', 'post'],
    ['provider', 'post'],
    ['observer', 'post'],
  ],
  county: [],
}

/** Roles that may stand in for whoever is on duty. */
const STANDING_IN: readonly Role[] = [
  'duty_officer',
  'deputy',
  'township_head',
  'operator',
  'hotline_supervisor',
  'village_clerk',
  'county_civil',
  'triage',
  'member',
  'rescue_station',
  'child_protection',
  'provider',
]

/** Which roles a person needs in the unit for a shift to count. A shift outlives the role of nobody. */
export const SHIFT_ROLES: Readonly<Record<ShiftPart, readonly Role[]>> = {
  duty: [...STANDING_IN, 'county_finance'],
  stand_in: STANDING_IN,
  second: ['cashier', 'county_finance'],
}

/**
 * Who is asked about something in a unit at a moment, the first first: roster, substitute, stand-in, then the posts of the unit, then the unit
 * above it, then the county's civil-affairs officers. Nobody stands there twice, nobody who is away or has left.
 *
 * @param unit - id; an unknown unit leads straight to the county
 * @param line - of a hotline: only shifts of this line or of all lines
 */
export function ladderOf(book: DutyBook, unit: string, at: Date, line?: string): readonly OnDuty[] {
  const isPlace = book.units.get(unit)?.kind !== 'county'
  const below = book.units.pathUp(unit).filter(({ kind }) => kind !== 'county')
  const rungs = [
    ...below.flatMap(({ _id, kind }) => [...rosterOf(book, _id, at, line), ...postsOf(book, _id, kind, at)]),
    ...rosterOf(book, book.county, at).map(({ person, reason }) => ({
      person,
      reason: isPlace ? ('county_roster' as const) : reason,
    })),
    ...book.staff.holders('county_civil', book.county, at).map((person) => ({ person, reason: 'county' as const })),
  ]
  return firstOfEach(rungs.filter(({ person }) => !absenceAt(book.absencesOf(person._id), person._id, at)))
}

/** Who the roster itself names for a unit: on duty, substitutes of those who are away, stand-ins. In this order. */
export function rosterOf(book: DutyBook, unit: string, at: Date, line?: string): readonly OnDuty[] {
  const running = book.shiftsOf(unit).filter((shift) => isRunning(shift, at) && isOfLine(shift, line))
  const duty = running.filter(({ part }) => part === 'duty').flatMap((shift) => doing(book, shift, at, 'roster'))
  const standIn = running
    .filter(({ part }) => part === 'stand_in')
    .flatMap((shift) => doing(book, shift, at, 'stand_in'))
  return [
    ...duty.filter(({ reason }) => reason === 'roster'),
    ...duty.filter(({ reason }) => reason === 'substitute'),
    ...standIn.map(({ person }) => ({ person, reason: 'stand_in' as const })),
  ]
}

/** Who may pay beside the duty officer: the second person of the roster, or their substitute. */
export function secondOf(book: DutyBook, unit: string, at: Date): readonly OnDuty[] {
  const running = book.shiftsOf(unit).filter((shift) => shift.part === 'second' && isRunning(shift, at))
  return firstOfEach(running.flatMap((shift) => doing(book, shift, at, 'roster')))
}

/** The person who really does a shift at a moment: the one named, a substitute, or nobody. */
function doing(book: DutyBook, shift: Shift, at: Date, reason: DutyReason): OnDuty[] {
  const absence = absenceAt(book.absencesOf(shift.staffId), shift.staffId, at)
  if (!absence) return canDo(book, shift, shift.staffId, at).map((person) => ({ person, reason }))
  const { substituteId } = absence
  if (substituteId === undefined || absenceAt(book.absencesOf(substituteId), substituteId, at)) return []
  return canDo(book, shift, substituteId, at).map((person) => ({ person, reason: 'substitute' as const }))
}

/** A shift counts only for somebody who is there and holds a fitting role in its unit. */
function canDo(book: DutyBook, { unit, part }: Shift, staffId: string, at: Date): Colleague[] {
  const person = book.staff.get(staffId)
  const fits = person?.roles.some((held) => held.unit === unit && SHIFT_ROLES[part].includes(held.role)) ?? false
  return person && fits && isValidAt(person, at) ? [person] : []
}

function postsOf(book: DutyBook, unit: string, kind: UnitKind, at: Date): OnDuty[] {
  return POSTS[kind].flatMap(([role, reason]) =>
    book.staff.holders(role, unit, at).map((person) => ({ person, reason })),
  )
}

function isOfLine(shift: Shift, line: string | undefined): boolean {
  return line === undefined || shift.line === undefined || shift.line === line
}

function firstOfEach(rungs: readonly OnDuty[]): OnDuty[] {
  const seen = new Set<string>()
  return rungs.filter(({ person }) => !seen.has(person._id) && seen.add(person._id))
}
