import type { CaseRecord } from '../cases/index.ts'
import { ownCounty, ownUnit } from '../cases/index.ts'
import type { Condition, PermissionTable } from '../shared/permissions.ts'
import type { ConferenceItem } from './item.ts'

export type ConferenceAction =
  | 'conference.read'
  | 'conference.accept'
  | 'conference.return'
  | 'conference.schedule'
  | 'conference.opine'
  | 'conference.declare_interest'
  | 'conference.open'
  | 'conference.resolve'

type ItemCondition = Condition<Pick<ConferenceItem, 'county' | 'unit' | 'calledUnits'>>

const anyOfCounty: ItemCondition = {
  name: 'own county',
  holds: (item, _held, actor) => item.county === actor.county,
  filter: () => ({}),
}

const calledUnit: ItemCondition = {
  name: 'called to it',
  holds: (item, held) => item.calledUnits.includes(held.unit),
  filter: (held) => ({ calledUnits: held.unit }),
}

const caseOfUnit: ItemCondition = {
  name: 'case of the own unit',
  holds: (item, held) => item.unit === held.unit,
  filter: (held) => ({ unit: held.unit }),
}

/**
 * Who does what in the conference. Civil affairs takes a case in or sends it back, the secretary sets the meeting and writes, the chair opens,
 * departments speak. The secretary has no voice; a department sees what it was called to, a township its own cases.
 */
export const CONFERENCE_PERMISSIONS: PermissionTable<
  ConferenceAction,
  Pick<ConferenceItem, 'county' | 'unit' | 'calledUnits'>
> = {
  'conference.read': {
    secretary: anyOfCounty,
    chair: anyOfCounty,
    county_civil: anyOfCounty,
    member: calledUnit,
    duty_officer: caseOfUnit,
    deputy: caseOfUnit,
    township_head: caseOfUnit,
  },
  'conference.accept': { county_civil: anyOfCounty },
  'conference.return': { county_civil: anyOfCounty, chair: anyOfCounty },
  'conference.schedule': { secretary: anyOfCounty },
  'conference.opine': { member: calledUnit },
  'conference.declare_interest': { member: calledUnit },
  'conference.open': { chair: anyOfCounty },
  'conference.resolve': { secretary: anyOfCounty },
}

/** Who may put a case before the conference. */
export const PROPOSE_PERMISSIONS: PermissionTable<
  'conference.propose',
  Pick<CaseRecord, 'county' | 'unit' | 'firstResponsible' | 'sharedWith'>
> = {
  'conference.propose': { duty_officer: ownUnit, deputy: ownUnit, township_head: ownUnit, county_civil: ownCounty },
}
