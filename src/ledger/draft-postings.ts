import type { Command, CommandName, CommandOf } from './command.ts'
import { draftCharge, draftHandOver, draftShortage, draftSurplus } from './draft-count.ts'
import { draftConfirmation, draftPayment, draftReplenishment } from './draft-aid.ts'
import { draftHold, draftPostedHold, draftReleasedHold } from './draft-hold.ts'
import { draftSubfund, draftWithCounty, simplePosting } from './draft-money.ts'
import { draftLowering, draftRaise, draftReturnOrder, draftReturnPaid, draftSettlement } from './draft-quota.ts'
import {
  draftRecall,
  draftRecovery,
  draftRefusal,
  draftRepayment,
  draftTakeOver,
  draftWriteOff,
} from './draft-recovery.ts'
import { draftReturnedPayment, draftReversal } from './draft-reversal.ts'
import type { Ground } from './ground.ts'
import type { Posting } from './posting.ts'

/** What drafting a command must know: the holds it ends, the entries it undoes. */
export type DraftGround = Pick<Ground, 'holds' | 'entries' | 'reversed'>

type Draft<Name extends CommandName> = (command: CommandOf<Name>, ground: DraftGround) => readonly Posting[]

/** Which money each command moves in which fund. The whitelist of `purposes.ts` is checked afterwards. */
const DRAFTS: { readonly [Name in CommandName]: Draft<Name> } = {
  'open-fund': (command) => [draftOpening(command)],
  'freeze-fund': ({ fundId }) => [{ fundId, kind: 'fund.frozen', moves: [], status: 'frozen' }],
  'thaw-fund': ({ fundId }) => [{ fundId, kind: 'fund.thawed', moves: [], status: 'open' }],
  'close-period': ({ fundId, period }) => [{ fundId, kind: 'period.closed', moves: [], close: period }],
  'receive-budget': (command) => simplePosting(command, 'budget.received', 'c_bank', 'c_budget'),
  'order-appropriation': (command) => draftWithCounty(command, 'appropriation.ordered', 'transit'),
  'book-arrival': (command) => simplePosting(command, 'appropriation.arrived', 'bank', 'transit'),
  'draw-cash': (command) => simplePosting(command, 'cash.drawn', 'cash', 'bank'),
  'return-cash': (command) => simplePosting(command, 'cash.returned', 'bank', 'cash'),
  'issue-goods': (command) => draftWithCounty(command, 'goods.issued', 'inkind'),
  'buy-goods': (command) => simplePosting(command, 'goods.bought', 'inkind', command.from),
  'fund-subfund': (command) => draftSubfund(command, 'out'),
  'return-subfund': (command) => draftSubfund(command, 'back'),
  'place-hold': (command) => [draftHold(command)],
  'post-hold': (command, { holds }) => [draftPostedHold(command, holds)],
  'void-hold': (command, { holds }) => [draftReleasedHold(command, holds, 'voided')],
  'expire-hold': (command, { holds }) => [draftReleasedHold(command, holds, 'expired')],
  pay: (command) => [draftPayment(command)],
  'confirm-advance': (command) => [draftConfirmation(command)],
  replenish: draftReplenishment,
  'receive-donation': (command) => simplePosting(command, 'donation.received', 'd_bank', 'd_given'),
  'refuse-advance': (command) => [draftRefusal(command)],
  'recall-claim': (command) => [draftRecall(command)],
  'order-recovery': (command) => [draftRecovery(command)],
  'take-over-debt': draftTakeOver,
  'receive-repayment': (command) => [draftRepayment(command)],
  'write-off': (command) => [draftWriteOff(command)],
  'raise-quota': draftRaise,
  'lower-quota': draftLowering,
  'order-return': (command) => [draftReturnOrder(command)],
  'pay-return': draftReturnPaid,
  'book-shortage': (command) => [draftShortage(command)],
  'book-surplus': (command) => [draftSurplus(command)],
  'charge-shortage': (command) => [draftCharge(command)],
  'hand-over-surplus': draftHandOver,
  'settle-claims': draftSettlement,
  'reverse-entry': draftReversal,
  'return-payment': draftReturnedPayment,
}

/**
 * What a command would post, fund by fund.
 *
 * @throws DomainError `fund.id_invalid`, `hold.not_found`, `entry.not_found`, `entry.not_reversible`, `entry.reversed_before`,
 *   `ledger.purpose_forbidden`
 */
export function draftPostings(command: Command, ground: DraftGround): readonly Posting[] {
  const draft = DRAFTS[command.do] as Draft<CommandName>
  return draft(command, ground)
}

function draftOpening({ fundId, name, terms }: CommandOf<'open-fund'>): Posting {
  const { floatFen, lowWaterPercent } = terms
  return { fundId, kind: 'fund.opened', moves: [], opening: { fundId, name, terms: { floatFen, lowWaterPercent } } }
}
