import type { PermissionTable } from '../../shared/permissions.ts'
import type { FundSubject } from '../ledger-permissions.ts'
import { ownCounty, ownFund } from '../ledger-permissions.ts'

export type PeriodAction = 'period.close' | 'statement.see' | 'statement.see-county' | 'ledger.audit' | 'ledger.export'

/**
 * Who closes months and who reads what was closed. The auditor reads everything and changes nothing.
 *
 * Source: mechanisms, M099; ledger research 2.7.
 */
export const PERIOD_PERMISSIONS: PermissionTable<PeriodAction, FundSubject> = {
  'period.close': { county_finance: ownCounty },
  'statement.see': {
    cashier: ownFund,
    township_head: ownFund,
    county_civil: ownCounty,
    county_finance: ownCounty,
    auditor: ownCounty,
  },
  'statement.see-county': { county_civil: ownCounty, county_finance: ownCounty, auditor: ownCounty },
  'ledger.audit': { county_civil: ownCounty, county_finance: ownCounty, auditor: ownCounty },
  'ledger.export': { county_finance: ownCounty, auditor: ownCounty },
}
