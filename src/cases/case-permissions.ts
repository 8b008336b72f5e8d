import type { Condition, PermissionTable } from '../shared/permissions.ts'
import type { CaseRecord } from './case.ts'

/** What can be done with a case itself. Routing, aid and conference have tables of their own. */
export type CaseAction =
  | 'case.read'
  | 'case.verify'
  | 'case.end_emergency'
  | 'case.give_feedback'
  | 'case.close'
  | 'case.refuse'
  | 'case.withdraw'

type CaseCondition = Condition<Pick<CaseRecord, 'county' | 'unit' | 'firstResponsible' | 'sharedWith'>>

/** The case is with the unit in which the role is held. */
export const ownUnit: CaseCondition = {
  name: 'own unit',
  holds: (record, held) => record.unit === held.unit,
  filter: (held) => ({ unit: held.unit }),
}

/** The request was first taken in the unit in which the role is held. */
export const takenHere: CaseCondition = {
  name: 'taken here',
  holds: (record, held) => record.firstResponsible.unit === held.unit,
  filter: (held) => ({ 'firstResponsible.unit': held.unit }),
}

/** Any case of the actor's county. */
export const ownCounty: CaseCondition = {
  name: 'own county',
  holds: (record, _held, actor) => record.county === actor.county,
  filter: () => ({}),
}

/** The case was put before the unit: called to its conference, or given a task of it. */
export const sharedWithUnit: CaseCondition = {
  name: 'shared with the unit',
  holds: (record, held) => record.sharedWith.includes(held.unit),
  filter: (held) => ({ sharedWith: held.unit }),
}

/** Where a case is shared with the county's conference itself: its chair and its secretary, before any department is called. */
export function conferenceUnit(county: string): string {
  return `${county}-conference`
}

/** The case lies before the conference, or did. */
const beforeConference: CaseCondition = {
  name: 'before the conference',
  holds: (record, _held, actor) =>
    record.county === actor.county && record.sharedWith.includes(conferenceUnit(record.county)),
  filter: (_held, actor) => ({ sharedWith: conferenceUnit(actor.county) }),
}

const TOWNSHIP = { duty_officer: ownUnit, deputy: ownUnit, township_head: ownUnit, county_civil: ownCounty } as const

/** Who may do what with a case. */
export const CASE_PERMISSIONS: PermissionTable<
  CaseAction,
  Pick<CaseRecord, 'county' | 'unit' | 'firstResponsible' | 'sharedWith'>
> = {
  'case.read': {
    ...TOWNSHIP,
    operator: takenHere,
    hotline_supervisor: takenHere,
    window_clerk: takenHere,
    village_clerk: takenHere,
    triage: ownCounty,
    secretary: beforeConference,
    chair: beforeConference,
    member: sharedWithUnit,
  },
  'case.verify': TOWNSHIP,
  'case.end_emergency': TOWNSHIP,
  'case.give_feedback': { ...TOWNSHIP, operator: takenHere, window_clerk: takenHere, village_clerk: takenHere },
  'case.close': TOWNSHIP,
  'case.refuse': TOWNSHIP,
  'case.withdraw': TOWNSHIP,
}
