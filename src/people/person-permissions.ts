import type { Role } from '../shared/actor.ts'
import type { Condition, PermissionTable } from '../shared/permissions.ts'
import type { PersonRecord, SealedField } from './person.ts'

/** What can be done with a person's record. Each field behind a mask is an action of its own. */
export type PersonAction =
  | 'person.look_up'
  | 'person.read'
  | 'person.register'
  | 'person.update'
  | 'person.read_access'
  | 'person.reveal_minor'
  | RevealAction

export type RevealAction = `person.reveal_${SealedField}`

/** What a condition looks at. */
export type PersonSubject = Pick<PersonRecord, 'county' | 'knownTo' | 'residence'>

type PersonCondition = Condition<PersonSubject>

/** Any person of the actor's county. */
export const ownCounty: PersonCondition = {
  name: 'own county',
  holds: (person, _held, actor) => person.county === actor.county,
  filter: () => ({}),
}

/** The unit has had a part in helping this person, or the person lives in its area. Only within the own county's records. */
export const knownToUnit: PersonCondition = {
  name: 'known to the unit',
  holds: (person, held, actor) =>
    person.county === actor.county && (person.knownTo.includes(held.unit) || livesIn(person, held.unit)),
  filter: (held) => ({ $or: [{ knownTo: held.unit }, { residence: { $gte: held.unit, $lt: `${held.unit}:` } }] }),
}

/** A township's code stands at the beginning of its villages' codes. A department is no area: its unit id has a dash. */
function livesIn({ residence }: PersonSubject, unit: string): boolean {
  return residence?.startsWith(unit) ?? false
}

type Allowed = Partial<Record<Role, PersonCondition>>

const HOTLINE: Allowed = { operator: ownCounty, hotline_supervisor: ownCounty, triage: ownCounty }
const TOWNSHIP: Allowed = { duty_officer: knownToUnit, deputy: knownToUnit, township_head: knownToUnit }
const DESK: Allowed = { ...HOTLINE, ...TOWNSHIP, window_clerk: knownToUnit, county_civil: ownCounty }
const HELPERS: Allowed = { rescue_station: knownToUnit, child_protection: knownToUnit }
const CONFERENCE: Allowed = { secretary: knownToUnit, chair: knownToUnit, member: knownToUnit }

/** Looking for somebody shows only masked candidates; duty officers and clerks must find whoever stands before them. */
const LOOK_UP: Allowed = {
  ...HOTLINE,
  duty_officer: ownCounty,
  deputy: ownCounty,
  township_head: ownCounty,
  window_clerk: ownCounty,
  village_clerk: knownToUnit,
  county_civil: ownCounty,
  rescue_station: ownCounty,
  child_protection: ownCounty,
}

/** Who may do what with a person's record; what is not here is refused. Source: mechanisms, "Actors, roles and visibility". */
export const PERSON_PERMISSIONS: PermissionTable<PersonAction, PersonSubject> = {
  'person.look_up': LOOK_UP,
  'person.read': {
    ...LOOK_UP,
    ...CONFERENCE,
    cashier: knownToUnit,
    county_finance: ownCounty,
    provider: knownToUnit,
    auditor: ownCounty,
  },
  'person.register': { ...DESK, window_clerk: ownCounty, village_clerk: ownCounty, ...HELPERS },
  'person.update': { ...DESK, village_clerk: knownToUnit, ...HELPERS },
  'person.read_access': { county_civil: ownCounty, auditor: ownCounty },
  'person.reveal_minor': { ...TOWNSHIP, ...HELPERS, county_civil: ownCounty },
  'person.reveal_name': {
    ...DESK,
    ...HELPERS,
    ...CONFERENCE,
    cashier: knownToUnit,
    county_finance: ownCounty,
    village_clerk: knownToUnit,
    provider: knownToUnit,
    auditor: ownCounty,
  },
  'person.reveal_identityNumber': {
    ...DESK,
    ...HELPERS,
    cashier: knownToUnit,
    county_finance: ownCounty,
    auditor: ownCounty,
  },
  'person.reveal_phones': {
    ...DESK,
    ...HELPERS,
    member: knownToUnit,
    cashier: knownToUnit,
    village_clerk: knownToUnit,
    provider: knownToUnit,
  },
  'person.reveal_bankAccount': {
    ...TOWNSHIP,
    window_clerk: knownToUnit,
    cashier: knownToUnit,
    county_civil: ownCounty,
    county_finance: ownCounty,
    auditor: ownCounty,
  },
  'person.reveal_address': {
    ...DESK,
    ...HELPERS,
    member: knownToUnit,
    village_clerk: knownToUnit,
    provider: knownToUnit,
  },
  'person.reveal_registration': { ...DESK, ...HELPERS },
  'person.reveal_birth': { ...DESK, ...HELPERS },
  'person.reveal_health': { ...HOTLINE, ...TOWNSHIP, ...HELPERS, ...CONFERENCE, county_civil: ownCounty },
}

/** The action of looking at one field. */
export function revealAction(field: SealedField): RevealAction {
  return `person.reveal_${field}`
}
