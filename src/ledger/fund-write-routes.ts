import type { ApiRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import type { By } from '../shared/actor.ts'
import type { Fen } from '../shared/fen.ts'
import type { LedgerServices } from './act-on-fund.ts'
import type { Origin } from './command.ts'
import type { FundId } from './fund.ts'
import {
  bookArrival,
  buyGoods,
  drawCash,
  freezeFund,
  fundSubfund,
  issueGoods,
  openFund,
  orderAppropriation,
  receiveBudget,
  receiveDonation,
  returnCash,
  returnSubfund,
} from './fund-actions.ts'
import {
  freezeSchema,
  goodsSchema,
  openFundSchema,
  purchaseSchema,
  subfundSchema,
  sumSchema,
  valueOf,
} from './ledger-forms.ts'
import type { LedgerAction } from './ledger-permissions.ts'
import { FUND_PERMISSIONS } from './ledger-permissions.ts'
import { given } from './given.ts'
import type { PostedEntry } from './post-commands.ts'

type SumAction = (
  services: LedgerServices,
  input: Origin & { readonly fundId: FundId; readonly amountFen: Fen },
  by: By,
) => Promise<PostedEntry[]>

/** What is booked by one sum: address, permission, action. */
const SUMS: readonly (readonly [string, string, LedgerAction, SumAction])[] = [
  ['budget', 'The county receives money for the year', 'fund.appropriate', receiveBudget],
  ['appropriations', 'The county sends a township money', 'fund.appropriate', orderAppropriation],
  ['arrivals', 'The bank says an appropriation has arrived', 'fund.book-arrival', bookArrival],
  ['cash-draws', 'Money from the bank into the till', 'fund.handle-cash', drawCash],
  ['cash-returns', 'Money from the till back to the bank', 'fund.handle-cash', returnCash],
  ['donations', 'Donated money arrives', 'donation.receive', receiveDonation],
]

/** What can be booked in funds. Every answer lists the entries of the event, the named fund's first. */
export function declareFundWrites(api: ApiRouter, services: LedgerServices): void {
  const guard = (action: LedgerAction) => mayAct(FUND_PERMISSIONS, action)

  api.post(
    '/funds',
    { summary: 'Open a fund', guard: guard('fund.open'), audit: 'fund.open', body: openFundSchema, status: 201 },
    async ({ body: { fundId, name, floatFen, lowWaterPercent }, by }) =>
      items(openFund(services, { fundId, name, terms: { floatFen, lowWaterPercent } }, by)),
  )

  for (const [path, summary, permission, action] of SUMS)
    api.post(
      `/funds/:id/${path}`,
      { summary, guard: guard(permission), audit: `fund.${path}`, body: sumSchema, status: 201 },
      ({ params, body, by }) => items(action(services, { fundId: idOf(params), ...given(body) }, by)),
    )

  api.post(
    '/funds/:id/goods',
    {
      summary: 'The county hands goods to a township, at their value or named one by one',
      guard: guard('fund.issue-goods'),
      audit: 'fund.goods',
      body: goodsSchema,
      status: 201,
    },
    ({ params, body, by }) =>
      items(issueGoods(services, { fundId: idOf(params), ...given(body), amountFen: valueOf(body) }, by)),
  )

  api.post(
    '/funds/:id/purchases',
    {
      summary: 'The fund buys goods',
      guard: guard('fund.buy-goods'),
      audit: 'fund.purchases',
      body: purchaseSchema,
      status: 201,
    },
    ({ params, body, by }) =>
      items(buyGoods(services, { fundId: idOf(params), ...given(body), amountFen: valueOf(body) }, by)),
  )

  for (const [path, action] of [
    ['from-township', fundSubfund],
    ['to-township', returnSubfund],
  ] as const)
    api.post(
      `/funds/:id/${path}`,
      {
        summary: `Money of a village's sub-fund ${path.replace('-', ' its ')}`,
        guard: guard('fund.keep-subfund'),
        audit: `fund.${path}`,
        body: subfundSchema,
        status: 201,
      },
      ({ params, body, by }) => items(action(services, { fundId: idOf(params), ...given(body) }, by)),
    )

  api.post(
    '/funds/:id/freeze',
    { summary: 'Stop all postings', guard: guard('fund.freeze'), audit: 'fund.freeze', body: freezeSchema },
    ({ params, body, by }) => items(freezeFund(services, { fundId: idOf(params), ...body }, by)),
  )
}

function idOf(params: Readonly<Record<string, string>>): FundId {
  return params['id'] ?? ''
}

async function items(posted: Promise<PostedEntry[]>): Promise<{ items: PostedEntry[] }> {
  return { items: await posted }
}
