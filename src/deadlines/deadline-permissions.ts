import type { Condition, PermissionTable } from '../shared/permissions.ts'
import type { Deadline } from './deadline.ts'

export type DeadlineAction = 'deadline.read'

type Owed = Pick<Deadline, 'county' | 'unit' | 'staffId'>

const ownUnit: Condition<Owed> = {
  name: 'own unit',
  holds: (deadline, held) => deadline.unit === held.unit,
  filter: (held) => ({ unit: held.unit }),
}

const ownCounty: Condition<Owed> = {
  name: 'own county',
  holds: (deadline, _held, actor) => deadline.county === actor.county,
  filter: () => ({}),
}

const owedByMe: Condition<Owed> = {
  name: 'owed by me',
  holds: (deadline, _held, actor) => deadline.staffId === actor.staffId,
  filter: (_held, actor) => ({ staffId: actor.staffId }),
}

/** Lists of clocks across cases. The clocks of one case are shown with the case, to whoever may see it. */
export const DEADLINE_PERMISSIONS: PermissionTable<DeadlineAction, Owed> = {
  'deadline.read': {
    duty_officer: ownUnit,
    deputy: ownUnit,
    township_head: ownUnit,
    window_clerk: ownUnit,
    village_clerk: owedByMe,
    member: ownUnit,
    rescue_station: ownUnit,
    child_protection: ownUnit,
    provider: ownUnit,
    operator: owedByMe,
    hotline_supervisor: ownCounty,
    triage: ownCounty,
    secretary: ownUnit,
    county_civil: ownCounty,
    auditor: ownCounty,
  },
}
