import type { Command, CommandName, CommandOf } from './command.ts'
import { draftConfirmation, draftPayment, draftReplenishment } from './draft-aid.ts'
import { draftHold, draftPostedHold, draftReleasedHold } from './draft-hold.ts'
import { draftSubfund, draftWithCounty, simplePosting } from './draft-money.ts'
import type { Hold } from './hold.ts'
import type { Posting } from './posting.ts'

type Draft<Name extends CommandName> = (
  command: CommandOf<Name>,
  holds: ReadonlyMap<string, Hold>,
) => readonly Posting[]

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
  'post-hold': (command, holds) => [draftPostedHold(command, holds)],
  'void-hold': (command, holds) => [draftReleasedHold(command, holds, 'voided')],
  'expire-hold': (command, holds) => [draftReleasedHold(command, holds, 'expired')],
  pay: (command) => [draftPayment(command)],
  'confirm-advance': (command) => [draftConfirmation(command)],
  replenish: draftReplenishment,
  'receive-donation': (command) => simplePosting(command, 'donation.received', 'd_bank', 'd_given'),
}

/**
 * What a command would post, fund by fund.
 *
 * @throws DomainError `fund.id_invalid`, `hold.not_found`, `ledger.purpose_forbidden`
 */
export function draftPostings(command: Command, holds: ReadonlyMap<string, Hold>): readonly Posting[] {
  const draft = DRAFTS[command.do] as Draft<CommandName>
  return draft(command, holds)
}

function draftOpening({ fundId, name, terms }: CommandOf<'open-fund'>): Posting {
  const { floatFen, lowWaterPercent } = terms
  return { fundId, kind: 'fund.opened', moves: [], opening: { fundId, name, terms: { floatFen, lowWaterPercent } } }
}
