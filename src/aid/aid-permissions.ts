import type { CaseRecord } from '../cases/index.ts'
import { ownCounty, ownUnit } from '../cases/index.ts'
import type { Condition, PermissionTable } from '../shared/permissions.ts'
import type { DecisionRecord } from './decision.ts'

/** What is done with a case. */
export type AidCaseAction = 'aid.decide_township' | 'aid.decide_county' | 'aid.read'

/** What is done with a decision. */
export type DecisionAction =
  | 'decision.read'
  | 'payment.pay'
  | 'payment.see_file'
  | 'payment.withdraw_file'
  | 'supplement.file'
  | 'supplement.confirm'

/** Who may decide, by tier. Nobody here may also pay. Source: mechanisms, roles. */
export const AID_CASE_PERMISSIONS: PermissionTable<
  AidCaseAction,
  Pick<CaseRecord, 'county' | 'unit' | 'firstResponsible' | 'sharedWith'>
> = {
  'aid.decide_township': { duty_officer: ownUnit, deputy: ownUnit, township_head: ownUnit },
  'aid.decide_county': { county_civil: ownCounty },
  'aid.read': { duty_officer: ownUnit, deputy: ownUnit, township_head: ownUnit, county_civil: ownCounty },
}

type DecisionCondition = Condition<Pick<DecisionRecord, 'county' | 'unit' | 'tier'>>

const unitsMoney: DecisionCondition = {
  name: 'money of the own unit',
  holds: (record, held) => record.unit === held.unit,
  filter: (held) => ({ unit: held.unit }),
}

const countysMoney: DecisionCondition = {
  name: 'money of the county',
  holds: (record, _held, actor) => record.tier === 'county' && record.county === actor.county,
  filter: () => ({ tier: 'county' }),
}

const anyOfCounty: DecisionCondition = {
  name: 'own county',
  holds: (record, _held, actor) => record.county === actor.county,
  filter: () => ({}),
}

/** Who may see, pay, explain and confirm. */
export const DECISION_PERMISSIONS: PermissionTable<DecisionAction, Pick<DecisionRecord, 'county' | 'unit' | 'tier'>> = {
  'decision.read': {
    duty_officer: unitsMoney,
    deputy: unitsMoney,
    township_head: unitsMoney,
    cashier: unitsMoney,
    county_civil: anyOfCounty,
    county_finance: countysMoney,
    auditor: anyOfCounty,
  },
  'payment.pay': { cashier: unitsMoney, county_finance: countysMoney },
  'payment.see_file': {
    cashier: unitsMoney,
    township_head: unitsMoney,
    county_civil: anyOfCounty,
    county_finance: anyOfCounty,
    auditor: anyOfCounty,
  },
  'payment.withdraw_file': { township_head: unitsMoney, county_finance: anyOfCounty },
  'supplement.file': {
    duty_officer: unitsMoney,
    deputy: unitsMoney,
    township_head: unitsMoney,
    county_civil: countysMoney,
  },
  'supplement.confirm': { county_civil: anyOfCounty },
}
