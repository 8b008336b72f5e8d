export type { LedgerServices } from './act-on-fund.ts'
export { withFundQueue } from './act-on-fund.ts'
export type { Plan, Turn } from './group-commit.ts'
export { takeTurn } from './group-commit.ts'
export { postCommands } from './post-commands.ts'
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
  freezeFund,
  fundSubfund,
  issueGoods,
  openFund,
  orderAppropriation,
  orderReturn,
  payReturn,
  recallClaim,
  receiveBudget,
  receiveDonation,
  receiveRepayment,
  refuseAdvance,
  returnPayment,
  takeOverDebt,
} from './fund-actions.ts'
export type { GoodsLine, StockLine } from './goods.ts'
export type { ProposalAnswer } from './proposals/propose.ts'
export { propose } from './proposals/propose.ts'
export { approveProposal, refuseProposal } from './proposals/decide-proposal.ts'
export { proposeRefund } from './replenish-proposal.ts'
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
export type { LatePapers, ReplenishProposal } from './replenish-proposal.ts'
export type { Voucher } from './voucher.ts'
export type { LedgerRouteServices } from './ledger-routes.ts'
export { ledgerApi, ledgerPages } from './ledger-routes.ts'
export { closeMonth } from './periods/close-month.ts'
export type { ClosePeriodServices, CloseRules } from './periods/close-period.ts'
export { closePeriod } from './periods/close-period.ts'
export type { LedgerProof } from './proof/create-proof.ts'
export { createLedgerProof, createProofStores } from './proof/create-proof.ts'
export type { ProvingServices } from './proof/keep-proving.ts'
export { keepProving, proveCounty } from './proof/keep-proving.ts'
export { makeLedgerKey } from './proof/key-ring.ts'
export { makeCheckpoint } from './proof/make-checkpoint.ts'
export { proofModels } from './proof/proof-model.ts'
export type { OutsideKnowledge } from './verify/export-files.ts'
export { exportLedger, readKept, readKeys, verifyExport } from './verify/export-files.ts'
export { statementOfExport } from './statements/statement-of-export.ts'
export { scopeOfFund } from './bank/act-on-bank.ts'
export type { BankServices } from './bank/act-on-bank.ts'
export type { BankFault } from './bank/bank-fault.ts'
export { inFileOrder } from './bank/bank-fault.ts'
export { readAmount, readDay, readReference } from './bank/bank-fields.ts'
export { bankModels } from './bank/bank-model.ts'
export type { BankStore } from './bank/bank-store.ts'
export { createBankStore } from './bank/bank-store.ts'
export type { Columns, TableRow } from './bank/bank-table.ts'
export { readBankTable } from './bank/bank-table.ts'
export { importStatement, refusedFile } from './bank/import-statement.ts'
export { noteReferences } from './bank/note-references.ts'
export { oldHolds, unexplainedBankLines } from './bank/reconciliation.ts'
export { registerAccount } from './bank/register-account.ts'
export { SEALED_BANK_LINES } from './bank/sealed-bank-lines.ts'
export type { ControlRouteServices } from './control-routes.ts'
export { controlApi, controlPages } from './control-routes.ts'
