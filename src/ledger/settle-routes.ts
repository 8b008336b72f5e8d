import type { ApiRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import type { LedgerServices } from './act-on-fund.ts'
import { entryId } from './entry.ts'
import {
  confirmInGoodFaith,
  orderReturn,
  payReturn,
  recallClaim,
  receiveRepayment,
  refuseAdvance,
  returnPayment,
  takeOverDebt,
} from './fund-actions.ts'
import { given } from './given.ts'
import {
  confirmationSchema,
  debtSchema,
  recoverySchema,
  refusalSchema,
  returnedSchema,
  sumSchema,
  takeOverSchema,
} from './ledger-forms.ts'
import type { LedgerAction } from './ledger-permissions.ts'
import { FUND_PERMISSIONS } from './ledger-permissions.ts'
import type { PostedEntry } from './post-commands.ts'

/** What is booked by one person when papers do not hold, debts are paid, or a year ends. Answers list the entries of the event. */
export function declareSettlements(api: ApiRouter, services: LedgerServices): void {
  const rules = (summary: string, action: LedgerAction, audit: string) =>
    ({ summary, guard: mayAct(FUND_PERMISSIONS, action), audit, status: 201 }) as const

  api.post(
    '/funds/:id/confirmed-advances',
    {
      ...rules('An advance is confirmed though its papers cannot be had', 'fund.recover', 'fund.confirm_advance'),
      body: confirmationSchema,
    },
    ({ params, body, by }) => items(confirmInGoodFaith(services, { fundId: idOf(params), ...given(body) }, by)),
  )

  api.post(
    '/funds/:id/refused-advances',
    {
      ...rules('Papers do not hold: an advance is owed back', 'fund.recover', 'fund.refuse_advance'),
      body: refusalSchema,
    },
    ({ params, body, by }) => items(refuseAdvance(services, { fundId: idOf(params), ...given(body) }, by)),
  )

  api.post(
    '/funds/:id/recalled-claims',
    { ...rules('A confirmed claim is owed back', 'fund.recover', 'fund.recall_claim'), body: recoverySchema },
    ({ params, body, by }) => items(recallClaim(services, { fundId: idOf(params), ...given(body) }, by)),
  )

  api.post(
    '/funds/:id/debts-taken-over',
    {
      ...rules('The county pays a fund what a debtor owes it', 'fund.settle-debts', 'fund.take_over_debt'),
      body: takeOverSchema,
    },
    ({ params, body, by }) => items(takeOverDebt(services, { fundId: idOf(params), ...given(body) }, by)),
  )

  api.post(
    '/funds/:id/repayments',
    { ...rules('A debtor pays the county back', 'fund.settle-debts', 'fund.repayment'), body: debtSchema },
    ({ params, body, by }) => items(receiveRepayment(services, { fundId: idOf(params), ...given(body) }, by)),
  )

  api.post(
    '/funds/:id/returns',
    { ...rules('A fund has to give a sum back', 'fund.return', 'fund.order_return'), body: sumSchema },
    ({ params, body, by }) => items(orderReturn(services, { fundId: idOf(params), ...given(body) }, by)),
  )

  api.post(
    '/funds/:id/returns-received',
    { ...rules('The county has received what a fund gave back', 'fund.return', 'fund.pay_return'), body: sumSchema },
    ({ params, body, by }) => items(payReturn(services, { fundId: idOf(params), ...given(body) }, by)),
  )

  api.post(
    '/funds/:id/entries/:seq/bank-return',
    { ...rules('The bank sent a payment back', 'fund.correct', 'fund.return_payment'), body: returnedSchema },
    ({ params, body, by }) =>
      items(returnPayment(services, { entryId: entryId(idOf(params), Number(params['seq'])), ...given(body) }, by)),
  )
}

function idOf(params: Readonly<Record<string, string>>): string {
  return params['id'] ?? ''
}

async function items(posted: Promise<PostedEntry[]>): Promise<{ items: PostedEntry[] }> {
  return { items: await posted }
}
