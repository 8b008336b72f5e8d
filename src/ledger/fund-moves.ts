import type { By } from '../shared/actor.ts'
import type { Fen } from '../shared/fen.ts'
import type { LedgerServices } from './act-on-fund.ts'
import type { FundKind } from './chart.ts'
import type { FundId } from './fund.ts'
import {
  bookArrival,
  buyGoods,
  drawCash,
  issueGoods,
  orderAppropriation,
  receiveBudget,
  receiveDonation,
  returnCash,
} from './fund-actions.ts'
import type { LedgerAction } from './ledger-permissions.ts'
import type { PostedEntry } from './post-commands.ts'

/** What a person at a fund's page may book by typing one sum. */
export interface FundMove {
  /** Last part of its address, also the key of its words. */
  readonly name: string
  readonly permission: LedgerAction
  readonly funds: readonly FundKind[]
  /** Whether it asks out of which account. */
  readonly asksAccount: boolean
  readonly run: (services: LedgerServices, input: MoveInput, by: By) => Promise<PostedEntry[]>
}

export interface MoveInput {
  readonly fundId: FundId
  readonly amountFen: Fen
  readonly from: 'bank' | 'cash'
}

type OneSum = (
  services: LedgerServices,
  input: { readonly fundId: FundId; readonly amountFen: Fen },
  by: By,
) => Promise<PostedEntry[]>

function oneSum(name: string, permission: LedgerAction, funds: readonly FundKind[], action: OneSum): FundMove {
  const run: FundMove['run'] = (services, { fundId, amountFen }, by) => action(services, { fundId, amountFen }, by)
  return { name, permission, funds, asksAccount: false, run }
}

const TOWNSHIP: readonly FundKind[] = ['township']
const WITH_CASH: readonly FundKind[] = ['township', 'village']

/** All of them, in the order of their buttons. */
export const FUND_MOVES: readonly FundMove[] = [
  oneSum('arrival', 'fund.book-arrival', TOWNSHIP, bookArrival),
  oneSum('cash-draw', 'fund.handle-cash', WITH_CASH, drawCash),
  oneSum('cash-return', 'fund.handle-cash', WITH_CASH, returnCash),
  { name: 'purchase', permission: 'fund.buy-goods', funds: WITH_CASH, asksAccount: true, run: buyGoods },
  oneSum('appropriation', 'fund.appropriate', TOWNSHIP, orderAppropriation),
  oneSum('goods', 'fund.issue-goods', TOWNSHIP, issueGoods),
  oneSum('budget', 'fund.appropriate', ['county'], receiveBudget),
  oneSum('donation', 'donation.receive', ['donation'], receiveDonation),
]

/** The move of a name that this kind of fund knows. */
export function findMove(kind: FundKind, name: string | undefined): FundMove | undefined {
  return FUND_MOVES.find((move) => move.name === name && move.funds.includes(kind))
}
