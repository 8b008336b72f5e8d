import type { CaseRecord } from '../cases/index.ts'
import { ownCounty, ownUnit } from '../cases/index.ts'
import type { Condition, PermissionTable } from '../shared/permissions.ts'

/** What can be done about who is responsible for a case. */
export type RoutingAction =
  'case.acknowledge' | 'case.place' | 'case.transfer' | 'case.answer_transfer' | 'case.rule_transfer' | 'transfer.see'

type RoutedCase = Pick<CaseRecord, 'county' | 'unit' | 'firstResponsible' | 'sharedWith' | 'transfer'>

/** The case is offered to the unit in which the role is held. */
const offeredHere: Condition<RoutedCase> = {
  name: 'offered here',
  holds: ({ transfer }, held) => transfer?.state === 'OFFERED' && transfer.toUnit === held.unit,
  filter: (held) => ({ 'transfer.state': 'OFFERED', 'transfer.toUnit': held.unit }),
}

/** Two units did not take it; the county says who has it. */
const beforeCounty: Condition<RoutedCase> = {
  name: 'before the county',
  holds: ({ county, transfer }, _held, actor) => transfer?.state === 'BEFORE_COUNTY' && county === actor.county,
  filter: () => ({ 'transfer.state': 'BEFORE_COUNTY' }),
}

/** Who may take a case, say (again) where it happened, hand it to another unit, and answer for that unit. */
export const ROUTING_PERMISSIONS: PermissionTable<RoutingAction, RoutedCase> = {
  'case.acknowledge': {
    duty_officer: ownUnit,
    deputy: ownUnit,
    township_head: ownUnit,
    county_civil: ownCounty,
  },
  'case.place': { triage: ownCounty, county_civil: ownCounty, duty_officer: ownUnit, township_head: ownUnit },
  'case.transfer': { duty_officer: ownUnit, deputy: ownUnit, township_head: ownUnit, county_civil: ownCounty },
  'case.answer_transfer': {
    duty_officer: offeredHere,
    deputy: offeredHere,
    township_head: offeredHere,
    county_civil: offeredHere,
  },
  'case.rule_transfer': { county_civil: beforeCounty, triage: beforeCounty },
  'transfer.see': {
    duty_officer: offeredHere,
    deputy: offeredHere,
    township_head: offeredHere,
    county_civil: beforeCounty,
    triage: beforeCounty,
  },
}
