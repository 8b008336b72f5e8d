import type { PermissionTable } from '../../shared/permissions.ts'
import type { FundSubject } from '../ledger-permissions.ts'
import { ownCounty, ownFund } from '../ledger-permissions.ts'

export type CashAction = 'cash.see' | 'cash.count' | 'cash.witness'

/** Who counts a till, and who stands beside. Source: ledger research 2.8, "custodian + witness". */
export const CASH_PERMISSIONS: PermissionTable<CashAction, FundSubject> = {
  'cash.see': {
    cashier: ownFund,
    duty_officer: ownFund,
    deputy: ownFund,
    township_head: ownFund,
    county_civil: ownCounty,
    county_finance: ownCounty,
    auditor: ownCounty,
  },
  'cash.count': { cashier: ownFund },
  'cash.witness': { duty_officer: ownFund, deputy: ownFund, township_head: ownFund, county_finance: ownCounty },
}
