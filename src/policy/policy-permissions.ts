import type { Condition, PermissionTable } from '../shared/permissions.ts'

export type PolicyAction = 'policy.read' | 'policy.record'

/** A set of parameters: the county that owns it. */
export interface PolicySubject {
  readonly county: string
}

const ownCounty: Condition<PolicySubject> = {
  name: 'own county',
  holds: (subject, _held, actor) => subject.county === actor.county,
  filter: () => ({}),
}

/** The rules people work by are no secret among them; recording them is for those who answer for the county's documents. */
export const POLICY_PERMISSIONS: PermissionTable<PolicyAction, PolicySubject> = {
  'policy.read': {
    operator: ownCounty,
    hotline_supervisor: ownCounty,
    triage: ownCounty,
    duty_officer: ownCounty,
    deputy: ownCounty,
    township_head: ownCounty,
    window_clerk: ownCounty,
    cashier: ownCounty,
    county_civil: ownCounty,
    county_finance: ownCounty,
    secretary: ownCounty,
    chair: ownCounty,
    member: ownCounty,
    auditor: ownCounty,
    administrator: ownCounty,
    provincial_checker: ownCounty,
  },
  'policy.record': { county_civil: ownCounty },
}
