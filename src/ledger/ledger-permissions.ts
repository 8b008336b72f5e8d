import type { RoleInUnit } from '../shared/actor.ts'
import type { Condition, Filter, PermissionTable } from '../shared/permissions.ts'
import type { FundHead } from './fund.ts'
import { townshipFundId } from './fund.ts'

export type LedgerAction =
  | 'fund.see'
  | 'fund.open'
  | 'fund.appropriate'
  | 'fund.book-arrival'
  | 'fund.handle-cash'
  | 'fund.issue-goods'
  | 'fund.buy-goods'
  | 'fund.keep-subfund'
  | 'fund.propose-refund'
  | 'fund.freeze'
  | 'fund.recover'
  | 'fund.settle-debts'
  | 'fund.change-quota'
  | 'fund.return'
  | 'fund.count'
  | 'fund.charge'
  | 'fund.correct'
  | 'fund.approve'
  | 'fund.witness'
  | 'ledger.see-county'
  | 'donation.receive'

/** What a fund's permission is asked about. */
export type FundSubject = Pick<FundHead, 'fundId' | 'county' | 'parent'>

/** The township's own fund and the sub-funds of its villages. */
export const ownFund: Condition<FundSubject> = {
  name: 'own-fund',
  holds: ({ fundId, parent }, held) => [fundId, parent].includes(townshipFundId(held.unit)),
  filter: (held: RoleInUnit): Filter => ({
    $or: [{ _id: townshipFundId(held.unit) }, { parent: townshipFundId(held.unit) }],
  }),
}

/** Every fund of the county. */
export const ownCounty: Condition<FundSubject> = {
  name: 'own-county',
  holds: ({ county }, _held, actor) => county === actor.county,
  filter: (_held, actor): Filter => ({ county: actor.county }),
}

/**
 * Who may do what with funds. Nobody who decides aid is here with more than a look.
 *
 * Source: mechanisms, "Actors, roles and visibility"; the auditor only reads.
 */
export const FUND_PERMISSIONS: PermissionTable<LedgerAction, FundSubject> = {
  'fund.see': {
    cashier: ownFund,
    duty_officer: ownFund,
    deputy: ownFund,
    township_head: ownFund,
    county_civil: ownCounty,
    county_finance: ownCounty,
    auditor: ownCounty,
  },
  'fund.open': { county_finance: ownCounty, administrator: ownCounty },
  'fund.appropriate': { county_finance: ownCounty },
  'fund.book-arrival': { cashier: ownFund, county_finance: ownCounty },
  'fund.handle-cash': { cashier: ownFund },
  'fund.issue-goods': { county_civil: ownCounty, county_finance: ownCounty },
  'fund.buy-goods': { cashier: ownFund },
  'fund.keep-subfund': { cashier: ownFund, county_finance: ownCounty },
  'fund.propose-refund': { cashier: ownFund, county_civil: ownCounty, county_finance: ownCounty },
  'fund.freeze': { county_civil: ownCounty, county_finance: ownCounty },
  'fund.recover': { county_civil: ownCounty, county_finance: ownCounty },
  'fund.settle-debts': { county_finance: ownCounty },
  'fund.change-quota': { county_civil: ownCounty, county_finance: ownCounty },
  'fund.return': { county_finance: ownCounty },
  'fund.count': { cashier: ownFund, county_finance: ownCounty },
  'fund.charge': { county_civil: ownCounty, county_finance: ownCounty },
  'fund.correct': { cashier: ownFund, county_finance: ownCounty },
  'fund.approve': { county_civil: ownCounty, county_finance: ownCounty },
  'fund.witness': { deputy: ownFund, township_head: ownFund, county_civil: ownCounty, county_finance: ownCounty },
  'ledger.see-county': { county_civil: ownCounty, county_finance: ownCounty, auditor: ownCounty },
  'donation.receive': { county_finance: ownCounty },
}
