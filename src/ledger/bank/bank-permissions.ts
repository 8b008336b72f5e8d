import type { PermissionTable } from '../../shared/permissions.ts'
import type { FundSubject } from '../ledger-permissions.ts'
import { ownCounty, ownFund } from '../ledger-permissions.ts'

export type BankAction = 'bank.see' | 'bank.register' | 'bank.import' | 'bank.propose' | 'bank.confirm'

/**
 * Who compares the book with the bank. What one proposes another confirms, also where one person holds two posts.
 *
 * Source: ledger research 2.8, "manual with two names".
 */
export const BANK_PERMISSIONS: PermissionTable<BankAction, FundSubject> = {
  'bank.see': {
    cashier: ownFund,
    township_head: ownFund,
    county_civil: ownCounty,
    county_finance: ownCounty,
    auditor: ownCounty,
  },
  'bank.register': { county_finance: ownCounty },
  'bank.import': { cashier: ownFund, county_finance: ownCounty },
  'bank.propose': { cashier: ownFund, county_finance: ownCounty },
  'bank.confirm': { cashier: ownFund, township_head: ownFund, county_finance: ownCounty },
}
