import type { By } from '../shared/actor.ts'
import type { LedgerServices } from './act-on-fund.ts'
import type { FundKind } from './chart.ts'
import { entryId } from './entry.ts'
import type { FundId } from './fund.ts'
import {
  bookArrival,
  buyGoods,
  confirmInGoodFaith,
  drawCash,
  freezeFund,
  issueGoods,
  orderAppropriation,
  orderReturn,
  payReturn,
  recallClaim,
  receiveBudget,
  receiveDonation,
  receiveRepayment,
  refuseAdvance,
  returnCash,
  returnPayment,
  takeOverDebt,
} from './fund-actions.ts'
import type { LedgerAction } from './ledger-permissions.ts'
import type { MoveField, MoveValues } from './move-fields.ts'
import type { ProposableName, ProposedCommand } from './proposals/proposal.ts'
import { PROPOSABLE } from './proposals/proposal.ts'
import { propose } from './proposals/propose.ts'

/** What a person at a fund's page may book, or propose, by filling in a form. */
export interface FundMove {
  /** Last part of its address, also the key of its words. */
  readonly name: string
  readonly permission: LedgerAction
  readonly funds: readonly FundKind[]
  readonly fields: readonly MoveField[]
  /** Whether it stands among the buttons; the others are behind "more". */
  readonly isDaily: boolean
  /** Whether a second person has to agree. */
  readonly proposes: boolean
  readonly run: (services: LedgerServices, input: MoveInput, by: By) => Promise<unknown>
}

/** What the form said, of which fund. Only the fields it asked are there. */
export type MoveInput = MoveValues & { readonly fundId: FundId }

type Asked = Pick<FundMove, 'name' | 'funds' | 'fields'>

const TOWNSHIP: readonly FundKind[] = ['township']
const WITH_CASH: readonly FundKind[] = ['township', 'village']
const COUNTY: readonly FundKind[] = ['county']
const ALL: readonly FundKind[] = ['township', 'village', 'county', 'donation']

function daily(
  name: string,
  funds: readonly FundKind[],
  permission: LedgerAction,
  run: FundMove['run'],
  fields: readonly MoveField[] = ['amount'],
): FundMove {
  return { name, funds, permission, run, fields, isDaily: true, proposes: false }
}

function seldom(asked: Asked, permission: LedgerAction, run: FundMove['run']): FundMove {
  return { ...asked, permission, run, isDaily: false, proposes: false }
}

function proposed(asked: Asked, command: ProposableName, commandOf: (input: MoveInput) => ProposedCommand): FundMove {
  const run: FundMove['run'] = (services, input, by) => propose(services, commandOf(input), by)
  return { ...asked, permission: PROPOSABLE[command].propose, run, isDaily: false, proposes: true }
}

/** All of them, in the order in which they are offered. */
export const FUND_MOVES: readonly FundMove[] = [
  daily('arrival', TOWNSHIP, 'fund.book-arrival', bookArrival),
  daily('cash-draw', WITH_CASH, 'fund.handle-cash', drawCash),
  daily('cash-return', WITH_CASH, 'fund.handle-cash', returnCash),
  daily('purchase', WITH_CASH, 'fund.buy-goods', buyGoods, ['from', 'goods']),
  daily('appropriation', TOWNSHIP, 'fund.appropriate', orderAppropriation),
  daily('goods', TOWNSHIP, 'fund.issue-goods', issueGoods, ['goods']),
  daily('budget', COUNTY, 'fund.appropriate', receiveBudget),
  daily('donation', ['donation'], 'donation.receive', receiveDonation),
  seldom(
    { name: 'bank-return', funds: ['township', 'county', 'donation'], fields: ['voucher'] },
    'fund.correct',
    bankReturn,
  ),
  seldom(
    {
      name: 'good-faith',
      funds: ['township', 'village', 'county'],
      fields: ['caseNo', 'type', 'amount', 'reason'],
    },
    'fund.recover',
    confirmInGoodFaith,
  ),
  seldom(
    { name: 'refused-advance', funds: ['township', 'village', 'county'], fields: ['caseNo', 'debtor', 'amount'] },
    'fund.recover',
    refuseAdvance,
  ),
  seldom(
    { name: 'recalled-claim', funds: WITH_CASH, fields: ['caseNo', 'type', 'debtor', 'amount'] },
    'fund.recover',
    recallClaim,
  ),
  seldom(
    { name: 'take-over', funds: WITH_CASH, fields: ['of', 'debtor', 'amount'] },
    'fund.settle-debts',
    takeOverDebt,
  ),
  seldom(
    { name: 'repayment', funds: COUNTY, fields: ['of', 'debtor', 'amount'] },
    'fund.settle-debts',
    receiveRepayment,
  ),
  proposed(
    { name: 'recovery', funds: COUNTY, fields: ['caseNo', 'type', 'debtor', 'amount'] },
    'order-recovery',
    (input) => ({ do: 'order-recovery', ...input }),
  ),
  proposed(
    { name: 'write-off', funds: COUNTY, fields: ['of', 'debtor', 'amount', 'reason'] },
    'write-off',
    (input) => ({
      do: 'write-off',
      ...input,
    }),
  ),
  proposed({ name: 'shortage', funds: WITH_CASH, fields: ['account', 'goods'] }, 'book-shortage', (input) => ({
    do: 'book-shortage',
    ...input,
  })),
  proposed({ name: 'surplus', funds: WITH_CASH, fields: ['account', 'goods'] }, 'book-surplus', (input) => ({
    do: 'book-surplus',
    ...input,
  })),
  proposed({ name: 'charge', funds: WITH_CASH, fields: ['of', 'amount'] }, 'charge-shortage', (input) => ({
    do: 'charge-shortage',
    ...input,
  })),
  proposed({ name: 'hand-over', funds: WITH_CASH, fields: ['amount'] }, 'hand-over-surplus', (input) => ({
    do: 'hand-over-surplus',
    ...input,
  })),
  proposed(
    { name: 'settlement', funds: WITH_CASH, fields: ['caseNo', 'type', 'amount'] },
    'settle-claims',
    ({ fundId, caseNo, type, amountFen }) => ({ do: 'settle-claims', fundId, lines: [{ caseNo, type, amountFen }] }),
  ),
  proposed({ name: 'quota-raise', funds: TOWNSHIP, fields: ['amount'] }, 'raise-quota', (input) => ({
    do: 'raise-quota',
    ...input,
  })),
  proposed({ name: 'quota-cut', funds: TOWNSHIP, fields: ['amount'] }, 'lower-quota', (input) => ({
    do: 'lower-quota',
    ...input,
  })),
  seldom({ name: 'return-order', funds: TOWNSHIP, fields: ['amount'] }, 'fund.return', orderReturn),
  seldom({ name: 'return-received', funds: TOWNSHIP, fields: ['amount'] }, 'fund.return', payReturn),
  proposed({ name: 'donation-use', funds: ['donation'], fields: ['caseNo', 'amount'] }, 'pay', donationUse),
  proposed(
    { name: 'reversal', funds: ALL, fields: ['voucher', 'reason'] },
    'reverse-entry',
    ({ fundId, voucher, reason }) => ({
      do: 'reverse-entry',
      entryId: entryId(fundId, voucher),
      reason,
    }),
  ),
  seldom({ name: 'freeze', funds: ALL, fields: ['reason'] }, 'fund.freeze', freezeFund),
  proposed({ name: 'thaw', funds: ALL, fields: ['reason'] }, 'thaw-fund', (input) => ({ do: 'thaw-fund', ...input })),
]

function bankReturn(services: LedgerServices, { fundId, voucher }: MoveInput, by: By): Promise<unknown> {
  return returnPayment(services, { entryId: entryId(fundId, voucher) }, by)
}

function donationUse({ fundId, caseNo, amountFen }: MoveInput): ProposedCommand {
  return { do: 'pay', fundId, account: 'd_bank', purpose: { use: 'donation', caseNo }, amountFen }
}

/** The move of a name that this kind of fund knows. */
export function findMove(kind: FundKind, name: string | undefined): FundMove | undefined {
  return FUND_MOVES.find((move) => move.name === name && move.funds.includes(kind))
}
