import type { PageContext, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { formView, presenterOf } from '../platform/views/index.ts'
import { DomainError } from '../shared/errors.ts'
import { filterFor, mayEver } from '../shared/permissions.ts'
import { requireFundPermission } from './act-on-fund.ts'
import { listEntries } from './entry-list.ts'
import { fundListPage } from './fund-list-page.ts'
import { findMove, FUND_MOVES } from './fund-moves.ts'
import { movePage } from './fund-move-page.ts'
import { fundPage } from './fund-page.ts'
import type { FundViewServices } from './fund-view.ts'
import { fundSummary, fundView } from './fund-view.ts'
import type { LedgerServices } from './act-on-fund.ts'
import { readFundId } from './fund.ts'
import { entryListSchema, refundFormSchema } from './ledger-forms.ts'
import { FUND_PERMISSIONS } from './ledger-permissions.ts'
import type { MoveInput } from './fund-moves.ts'
import { moveSchema } from './move-fields.ts'
import { declareProposalPages } from './proposals/proposal-page-routes.ts'
import { proposalView } from './proposals/proposal-view.ts'
import { proposeRefund, proposeReplenishment } from './replenish-proposal.ts'
import { findVoucher } from './voucher.ts'
import { voucherPage } from './voucher-page.ts'

const see = mayAct(FUND_PERMISSIONS, 'fund.see')

/** Movements on one page. */
const ENTRIES_SHOWN = 20

/** Proposals looked through for those that wait. */
const PROPOSALS_SHOWN = 100

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
    return {
      view: 'ledger/funds',
      model: fundListPage(
        heads.map(fundSummary),
        presenterOf(res),
        mayEver(FUND_PERMISSIONS, actor, 'ledger.see-county'),
      ),
    }
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
    { guard: mayAct(FUND_PERMISSIONS, 'fund.propose-refund'), audit: 'fund.propose_replenish', form: refundFormSchema },
    async ({ params, form, by }) => {
      const fundId = params['id'] ?? ''
      if (!form.ok) throw new DomainError('form.invalid', 'The refund names no total')
      await proposeRefund(services, { fundId, expectedFen: form.values.expectedFen }, by)
      return { redirect: `/funds/${fundId}`, flash: { key: 'ledger:flash.proposed' } }
    },
    (refusal, context) => showFund(context, refusal),
  )

  pages.get('/funds/:id/moves/:move', { guard: see, audit: 'fund.move' }, (context) =>
    showMove(context, {}, context.params['move'] ?? ''),
  )

  for (const { name, permission, fields, proposes } of FUND_MOVES)
    pages.post(
      `/funds/:id/moves/${name}`,
      { guard: mayAct(FUND_PERMISSIONS, permission), audit: `fund.${name}`, form: moveSchema(fields) },
      async (context) => {
        const { form, by } = context
        const { fundId, move } = moveOf(context, name)
        if (!form.ok)
          return { ...(await showMove(context, { values: form.typed, errors: form.errors }, name)), status: 400 }
        await move.run(services, { ...form.values, fundId } as MoveInput, by)
        return { redirect: `/funds/${fundId}`, flash: { key: `ledger:flash.${proposes ? 'proposed' : name}` } }
      },
      (refusal, context) => showMove(context, { values: context.form.typed, refusal }, name),
    )

  declareProposalPages(pages, services)

  async function showFund({ actor, params, query, res }: PageContext, refusal?: DomainError) {
    const fundId = visible(actor, params['id'])
    const { after } = entryListSchema.parse({ after: query['after'] })
    const parts = {
      fund: await fundView(services, actor.county, fundId),
      entries: await listEntries(ledger, actor.county, fundId, { limit: ENTRIES_SHOWN, after }),
      proposal: await proposeReplenishment(services, actor.county, fundId),
      waiting: (await ledger.proposals.ofFund(actor.county, fundId, PROPOSALS_SHOWN))
        .filter(({ state }) => state === 'open')
        .map((one) => proposalView(one, actor)),
    }
    const present = presenterOf(res)
    return { view: 'ledger/fund', model: fundPage(parts, actor, present, formView(present, { refusal })) }
  }

  async function showMove(context: PageContext, form: Parameters<typeof formView>[1], name: string) {
    const { actor, res } = context
    const { fundId, move } = moveOf(context, name)
    const fund = fundSummary(await foundHead(actor.county, fundId))
    const present = presenterOf(res)
    return { view: 'ledger/move', model: movePage(fund, move, present, formView(present, form)) }
  }

  function moveOf({ actor, params }: PageContext, name: string) {
    const fundId = params['id'] ?? ''
    const kind = readFundId(fundId)?.kind
    const move = kind && findMove(kind, name)
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
