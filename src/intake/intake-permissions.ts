import type { Condition, PermissionTable } from '../shared/permissions.ts'
import type { IntakeRecord } from './intake.ts'

/** What can be done with requests as they come in. */
export type IntakeAction = 'intake.register' | 'intake.read'

type IntakeCondition = Condition<Pick<IntakeRecord, 'county' | 'takenBy'>>

const ownUnit: IntakeCondition = {
  name: 'taken in the own unit',
  holds: (record, held) => record.takenBy.unit === held.unit,
  filter: (held) => ({ 'takenBy.unit': held.unit }),
}

const ownCounty: IntakeCondition = {
  name: 'own county',
  holds: (record, _held, actor) => record.county === actor.county,
  filter: () => ({}),
}

const DOORS = {
  operator: ownUnit,
  hotline_supervisor: ownUnit,
  window_clerk: ownUnit,
  village_clerk: ownUnit,
  duty_officer: ownUnit,
  triage: ownCounty,
  county_civil: ownCounty,
} as const

/** Whoever sits at a door registers; each sees what was taken at the own door. */
export const INTAKE_PERMISSIONS: PermissionTable<IntakeAction, Pick<IntakeRecord, 'county' | 'takenBy'>> = {
  'intake.register': DOORS,
  'intake.read': DOORS,
}
