import type { CaseRecord } from '../cases/index.ts'
import { ownCounty, ownUnit } from '../cases/index.ts'
import type { Condition, PermissionTable } from '../shared/permissions.ts'
import type { ConferenceItem } from './item.ts'

export type ConferenceAction =
  | 'conference.read'
  | 'conference.schedule'
  | 'conference.return'
  | 'conference.opine'
  | 'conference.open'
  | 'conference.resolve'

type ItemSubject = Pick<ConferenceItem, 'county' | 'calledUnits' | 'proposedBy'>

const anyOfCounty: Condition<ItemSubject> = {
  name: 'own county',
  holds: (item, _held, actor) => item.county === actor.county,
  filter: () => ({}),
}

const calledUnit: Condition<ItemSubject> = {
  name: 'called to it',
  holds: (item, held) => item.calledUnits.includes(held.unit),
  filter: (held) => ({ calledUnits: held.unit }),
}

const ownProposal: Condition<ItemSubject> = {
  name: 'proposed by the own unit',
  holds: (item, held) => item.proposedBy.unit === held.unit,
  filter: (held) => ({ 'proposedBy.unit': held.unit }),
}

/** Who does what in the conference. The secretary writes and does not vote; a member sees what it was called to. */
export const CONFERENCE_PERMISSIONS: PermissionTable<ConferenceAction, ItemSubject> = {
  'conference.read': {
    secretary: anyOfCounty,
    chair: anyOfCounty,
    county_civil: anyOfCounty,
    member: calledUnit,
    duty_officer: ownProposal,
    township_head: ownProposal,
  },
  'conference.schedule': { secretary: anyOfCounty, county_civil: anyOfCounty },
  'conference.return': { secretary: anyOfCounty, county_civil: anyOfCounty, chair: anyOfCounty },
  'conference.opine': { member: calledUnit },
  'conference.open': { secretary: anyOfCounty, chair: anyOfCounty },
  'conference.resolve': { secretary: anyOfCounty },
}

/** Who may put a case before the conference. */
export const PROPOSE_PERMISSIONS: PermissionTable<
  'conference.propose',
  Pick<CaseRecord, 'county' | 'unit' | 'firstResponsible' | 'sharedWith'>
> = {
  'conference.propose': { duty_officer: ownUnit, deputy: ownUnit, township_head: ownUnit, county_civil: ownCounty },
}
