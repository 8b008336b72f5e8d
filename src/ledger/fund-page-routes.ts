import type { PageContext, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { formView, presenterOf } from '../platform/views/index.ts'
import { DomainError } from '../shared/errors.ts'
import { filterFor } from '../shared/permissions.ts'
import { requireFundPermission } from './act-on-fund.ts'
import { listEntries } from './entry-list.ts'
import { fundListPage } from './fund-list-page.ts'
import { findMove } from './fund-moves.ts'
import { movePage } from './fund-move-page.ts'
import { fundPage } from './fund-page.ts'
import type { FundViewServices } from './fund-view.ts'
import { fundSummary, fundView } from './fund-view.ts'
import type { LedgerServices } from './act-on-fund.ts'
import { readFundId } from './fund.ts'
import { entryListSchema, moveFormSchema, refundFormSchema } from './ledger-forms.ts'
import { FUND_PERMISSIONS } from './ledger-permissions.ts'
import { proposeReplenishment, replenishProposed } from './replenish-proposal.ts'
import { findVoucher } from './voucher.ts'
import { voucherPage } from './voucher-page.ts'

const see = mayAct(FUND_PERMISSIONS, 'fund.see')

/** Movements on one page. */
const ENTRIES_SHOWN = 20

/** What the pages work with. */
export interface FundPageServices extends LedgerServices, FundViewServices {
  readonly config: { readonly publicUrl: string }
}

/** List of funds, a fund, its vouchers, and the forms that move its money. */
export function declareFundPages(pages: PageRouter, services: FundPageServices): void {
  const { ledger } = services

  pages.get('/funds', { guard: see, audit: 'fund.list' }, async ({ actor, res }) => {
    const heads = await ledger.headsOf(actor.county, filterFor(FUND_PERMISSIONS, actor, 'fund.see'))
    const [only, ...others] = heads
    if (only && others.length === 0) return { redirect: `/funds/${only.fundId}` }
    return { view: 'ledger/funds', model: fundListPage(heads.map(fundSummary), presenterOf(res)) }
  })

  pages.get('/funds/:id', { guard: see, audit: 'fund.read' }, (context) => showFund(context))

  pages.get('/funds/:id/entries/:seq', { guard: see, audit: 'fund.voucher' }, async ({ actor, params, res }) => {
    const fundId = visible(actor, params['id'])
    const voucher = await findVoucher(ledger, actor.county, fundId, Number(params['seq']))
    return {
      view: 'ledger/voucher',
      model: voucherPage(voucher, services.config.publicUrl, presenterOf(res)),
      layout: 'print',
    }
  })

  pages.post(
    '/funds/:id/refund',
    { guard: mayAct(FUND_PERMISSIONS, 'fund.replenish'), audit: 'fund.replenish', form: refundFormSchema },
    async ({ params, form, by }) => {
      const fundId = params['id'] ?? ''
      if (!form.ok) throw new DomainError('form.invalid', 'The refund names no total')
      await replenishProposed(services, { fundId, expectedFen: form.values.expectedFen }, by)
      return { redirect: `/funds/${fundId}`, flash: { key: 'ledger:flash.refunded' } }
    },
    (refusal, context) => showFund(context, refusal),
  )

  pages.get('/funds/:id/moves/:move', { guard: see, audit: 'fund.move' }, (context) => showMove(context))

  pages.post(
    '/funds/:id/moves/:move',
    { guard: see, audit: 'fund.move', form: moveFormSchema },
    async (context) => {
      const { form, by, params } = context
      const { fundId, move } = moveOf(context)
      if (!form.ok) return { ...(await showMove(context, { values: form.typed, errors: form.errors })), status: 400 }
      const { amount, from } = form.values
      await move.run(services, { fundId, amountFen: amount, from }, by)
      return { redirect: `/funds/${fundId}`, flash: { key: `ledger:flash.${params['move'] ?? ''}` } }
    },
    (refusal, context) => showMove(context, { values: context.form.typed, refusal }),
  )

  async function showFund({ actor, params, query, res }: PageContext, refusal?: DomainError) {
    const fundId = visible(actor, params['id'])
    const { after } = entryListSchema.parse({ after: query['after'] })
    const parts = {
      fund: await fundView(services, actor.county, fundId),
      entries: await listEntries(ledger, actor.county, fundId, { limit: ENTRIES_SHOWN, after }),
      proposal: await proposeReplenishment(ledger, actor.county, fundId),
    }
    const present = presenterOf(res)
    return { view: 'ledger/fund', model: fundPage(parts, actor, present, formView(present, { refusal })) }
  }

  async function showMove(context: PageContext, form: Parameters<typeof formView>[1] = {}) {
    const { actor, res } = context
    const { fundId, move } = moveOf(context)
    const fund = fundSummary(await foundHead(actor.county, fundId))
    const present = presenterOf(res)
    return { view: 'ledger/move', model: movePage(fund, move, present, formView(present, form)) }
  }

  function moveOf({ actor, params }: PageContext) {
    const fundId = params['id'] ?? ''
    const kind = readFundId(fundId)?.kind
    const move = kind && findMove(kind, params['move'])
    if (!move) throw new DomainError('page.not_found', 'There is no such movement')
    requireFundPermission(move.permission, fundId, { actor })
    return { fundId, move }
  }

  async function foundHead(county: string, fundId: string) {
    const head = await ledger.head(county, fundId)
    if (!head) throw new DomainError('fund.not_found', `No fund ${fundId}`, { fundId })
    return head
  }
}

/** @throws DomainError `fund.forbidden` */
function visible(actor: PageContext['actor'], fundId = ''): string {
  requireFundPermission('fund.see', fundId, { actor })
  return fundId
}
