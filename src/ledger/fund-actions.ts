import type { By } from '../shared/actor.ts'
import type { LedgerServices } from './act-on-fund.ts'
import { actOnFund, requestSource } from './act-on-fund.ts'
import type { CommandName, CommandOf } from './command.ts'
import type { Source } from './entry.ts'
import type { PostedEntry } from './post-commands.ts'
import type { LedgerAction } from './ledger-permissions.ts'

/** The input of an action: its command, with the request as source unless another is named. */
export type ActionInput<Name extends CommandName> = Omit<CommandOf<Name>, 'do' | 'source'> & {
  readonly source?: Source
}

type FundAction<Name extends CommandName> = (
  services: LedgerServices,
  input: ActionInput<Name>,
  by: By,
) => Promise<PostedEntry[]>

function action<Name extends CommandName>(name: Name, permission: LedgerAction): FundAction<Name> {
  return (services, input, by) => {
    const command = { source: requestSource(by), ...input, do: name } as unknown as CommandOf<Name>
    return actOnFund(services, permission, command, by)
  }
}

/** Opens a township's, a village's, the county's or the donations' book. @throws DomainError `fund.exists`, `fund.id_invalid` */
export const openFund = action('open-fund', 'fund.open')

/** Nothing is posted in a frozen fund until it is thawed. `reason` is a code. @throws DomainError `fund.frozen` */
export const freezeFund = action('freeze-fund', 'fund.freeze')

/** The county's own money for the year arrives: `c_bank / c_budget`. `fundId` names the county. */
export const receiveBudget = action('receive-budget', 'fund.appropriate')

/** The county sends a township money: `transit / quota` there, `c_funds / c_bank` here. @throws DomainError `fund.insufficient` */
export const orderAppropriation = action('order-appropriation', 'fund.appropriate')

/** The bank says an appropriation has arrived: `bank / transit`. @throws DomainError `ledger.over_balance` */
export const bookArrival = action('book-arrival', 'fund.book-arrival')

/** Money from the bank into the till: `cash / bank`. @throws DomainError `fund.insufficient` */
export const drawCash = action('draw-cash', 'fund.handle-cash')

/** Money from the till back to the bank: `bank / cash`. @throws DomainError `fund.insufficient` */
export const returnCash = action('return-cash', 'fund.handle-cash')

/** The county hands goods to a township, at their value: `inkind / quota` there, `c_funds / c_bank` here. */
export const issueGoods = action('issue-goods', 'fund.issue-goods')

/** A township or village buys goods: `inkind / bank` or `inkind / cash`. */
export const buyGoods = action('buy-goods', 'fund.buy-goods')

/** A township gives one of its villages money; `fundId` names the village. Three books, one event. */
export const fundSubfund = action('fund-subfund', 'fund.keep-subfund')

/** A village gives its township money back; `fundId` names the village. */
export const returnSubfund = action('return-subfund', 'fund.keep-subfund')

/**
 * The county confirms an advance itself, in good faith and with a reason, though its papers cannot be had: `claim / advance`, in the
 * county's own book `c_expense / c_advance`.
 *
 * @throws DomainError `ledger.over_balance`
 */
export const confirmInGoodFaith = action('confirm-advance', 'fund.recover')

/**
 * The papers of an advance do not hold, or too much was paid: `recover / advance`, in the county's own book `c_recover / c_advance`.
 *
 * @throws DomainError `ledger.over_balance`
 */
export const refuseAdvance = action('refuse-advance', 'fund.recover')

/** The same when they were confirmed already: `recover / claim`. @throws DomainError `ledger.over_balance` */
export const recallClaim = action('recall-claim', 'fund.recover')

/** The county pays a fund what a debtor owes it: `bank / recover` there, `c_recover / c_bank` here. */
export const takeOverDebt = action('take-over-debt', 'fund.settle-debts')

/** A debtor pays the county: `c_bank / c_recover`. `fundId` names the county. @throws DomainError `ledger.over_balance` */
export const receiveRepayment = action('receive-repayment', 'fund.settle-debts')

/** The bank sent a payment back: `bank / advance`. @throws DomainError `entry.not_reversible`, `entry.reversed_before` */
export const returnPayment = action('return-payment', 'fund.correct')

/** At the end of a year a fund owes the county a sum: `quota / return`. @throws DomainError `ledger.over_balance` */
export const orderReturn = action('order-return', 'fund.return')

/** The county has it: `return / bank` there, `c_bank / c_funds` here. @throws DomainError `fund.insufficient` */
export const payReturn = action('pay-return', 'fund.return')

/** Donated money arrives: `d_bank / d_given`. `fundId` names the donation book. */
export const receiveDonation = action('receive-donation', 'donation.receive')
