import type { ApiRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { filterFor } from '../shared/permissions.ts'
import { requireFundPermission } from './act-on-fund.ts'
import { trialBalance } from './county-trial-balance.ts'
import { listEntries } from './entry-list.ts'
import type { FundViewServices } from './fund-view.ts'
import { fundSummary, fundView } from './fund-view.ts'
import { entryListSchema } from './ledger-forms.ts'
import { FUND_PERMISSIONS } from './ledger-permissions.ts'
import { proposeReplenishment } from './replenish-proposal.ts'
import { verifyLedger } from './verify/verify-ledger.ts'
import { findVoucher } from './voucher.ts'

const see = mayAct(FUND_PERMISSIONS, 'fund.see')
const seeCounty = mayAct(FUND_PERMISSIONS, 'ledger.see-county')

/** What can be read of funds. */
export function declareFundReads(api: ApiRouter, services: FundViewServices): void {
  const { ledger } = services

  api.get('/funds', { summary: 'Funds this account may see', guard: see, audit: 'fund.list' }, async ({ actor }) => {
    const heads = await ledger.headsOf(actor.county, filterFor(FUND_PERMISSIONS, actor, 'fund.see'))
    return { items: heads.map(fundSummary), next: null }
  })

  api.get(
    '/funds/:id',
    { summary: 'A fund with what is open in it', guard: see, audit: 'fund.read' },
    ({ actor, params }) => fundView(services, actor.county, visible(actor, params['id'])),
  )

  api.get(
    '/funds/:id/entries',
    { summary: 'Movements, newest first', guard: see, audit: 'fund.entries', query: entryListSchema },
    ({ actor, params, query }) => listEntries(ledger, actor.county, visible(actor, params['id']), query),
  )

  api.get(
    '/funds/:id/entries/:seq',
    { summary: 'One entry with all its legs', guard: see, audit: 'fund.voucher' },
    ({ actor, params }) => findVoucher(ledger, actor.county, visible(actor, params['id']), Number(params['seq'])),
  )

  api.get(
    '/funds/:id/holds',
    { summary: 'Money promised and not yet paid', guard: see, audit: 'fund.holds' },
    async ({ actor, params }) => {
      const { promised } = await fundView(services, actor.county, visible(actor, params['id']))
      return { items: promised, next: null }
    },
  )

  api.get(
    '/funds/:id/replenishments',
    { summary: 'What may be refunded now', guard: see, audit: 'fund.proposal' },
    ({ actor, params }) => proposeReplenishment(services, actor.county, visible(actor, params['id'])),
  )

  api.get(
    '/funds/:id/verification',
    { summary: 'Re-derives a fund from its entries', guard: seeCounty, audit: 'fund.verify' },
    ({ actor, params }) => verifyLedger(ledger, { fundId: visible(actor, params['id']) }),
  )

  api.get(
    '/trial-balance',
    { summary: 'Trial balances of the county', guard: seeCounty, audit: 'ledger.trial_balance' },
    ({ actor }) => trialBalance(ledger, actor.county),
  )
}

/** @throws DomainError `fund.forbidden` */
function visible(actor: Parameters<typeof requireFundPermission>[2]['actor'], fundId = ''): string {
  requireFundPermission('fund.see', fundId, { actor })
  return fundId
}
