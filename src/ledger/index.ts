export type { LedgerServices } from './act-on-fund.ts'
export { withFundQueue } from './act-on-fund.ts'
export type { ConfirmAdvanceInput, ReplenishInput } from './aid-steps.ts'
export { confirmAdvance, confirmAdvances, replenish } from './aid-steps.ts'
export type { RealAccount } from './chart.ts'
export type { ReplenishLine } from './command.ts'
export type { Entry, Source } from './entry.ts'
export type { FundHead, FundId, FundTerms } from './fund.ts'
export { countyFundId, donationFundId, freeFen, townshipFundId, villageFundId } from './fund.ts'
export {
  bookArrival,
  drawCash,
  fundSubfund,
  issueGoods,
  openFund,
  orderAppropriation,
  receiveBudget,
  receiveDonation,
} from './fund-actions.ts'
export type { FundQueue } from './fund-queue.ts'
export { createFundQueue } from './fund-queue.ts'
export type { Hold, HoldPurpose, HoldStatus } from './hold.ts'
export type { HoldEntry, HoldInput, PostHoldInput, ReleaseHoldInput } from './hold-steps.ts'
export { expireHold, placeHold, placeHolds, postHold, voidHold } from './hold-steps.ts'
export { FUND_PERMISSIONS } from './ledger-permissions.ts'
export type { LedgerAction } from './ledger-permissions.ts'
export { ledgerModels } from './ledger-model.ts'
export type { LedgerStore } from './ledger-store.ts'
export { createLedgerStore } from './ledger-store.ts'
export type { PostedEntry, PostingServices } from './post-commands.ts'
export type { Fault } from './verify/fault.ts'
export type { KnownPoint, Projections, Verdict, Verifier } from './verify/verifier.ts'
export { verifyLedger } from './verify/verify-ledger.ts'
export type { CountyBalances, TrialBalance, TrialRow } from './trial-balance.ts'
export type { EntryLine, EntryPage } from './entry-list.ts'
export type { FundSummary, FundView, OpenItem, PromisedItem } from './fund-view.ts'
export type { ReplenishProposal } from './replenish-proposal.ts'
export type { Voucher } from './voucher.ts'
export type { LedgerRouteServices } from './ledger-routes.ts'
export { ledgerApi, ledgerPages } from './ledger-routes.ts'
export { exportLedger, verifyExport } from './verify/export-files.ts'
