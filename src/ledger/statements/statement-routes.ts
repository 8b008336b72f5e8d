import type { ApiRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import { DomainError } from '../../shared/errors.ts'
import type { FundId } from '../fund.ts'
import { closeMonth } from '../periods/close-month.ts'
import type { ClosePeriodServices } from '../periods/close-period.ts'
import { closePeriod, requirePeriodPermission } from '../periods/close-period.ts'
import { closeSchema } from '../periods/period-forms.ts'
import { PERIOD_PERMISSIONS } from '../periods/period-permissions.ts'
import { countyMonth } from './county-month.ts'
import type { StatementServices } from './find-statement.ts'
import { findStatement, monthsOfFund } from './find-statement.ts'

const see = mayAct(PERIOD_PERMISSIONS, 'statement.see')
const seeCounty = mayAct(PERIOD_PERMISSIONS, 'statement.see-county')
const close = mayAct(PERIOD_PERMISSIONS, 'period.close')

export type StatementRouteServices = StatementServices & ClosePeriodServices

/** Monthly statements, and closing a month, through the API. */
export function declareStatementRoutes(api: ApiRouter, services: StatementRouteServices): void {
  api.get(
    '/funds/:id/statements',
    { summary: 'The months of a fund', guard: see, audit: 'statement.list' },
    async ({ actor, params }) => {
      const fundId = visible(actor, params['id'])
      const head = await services.ledger.head(actor.county, fundId)
      if (!head) throw new DomainError('fund.not_found', `No fund ${fundId}`, { fundId })
      return { items: await monthsOfFund(services, head), next: null }
    },
  )

  api.get(
    '/funds/:id/statements/:period',
    {
      summary: 'Opening, movements, late items and closing of a month, with its seal and checkpoint',
      guard: see,
      audit: 'statement.read',
    },
    ({ actor, params }) => findStatement(services, actor.county, visible(actor, params['id']), params['period'] ?? ''),
  )

  api.get(
    '/statements/:period',
    { summary: "The county's month: every fund and the sums", guard: seeCounty, audit: 'statement.county' },
    ({ actor, params }) => countyMonth(services, actor.county, params['period'] ?? ''),
  )

  api.post(
    '/funds/:id/closes',
    {
      summary: 'Close a month of a fund; there is no way back',
      guard: close,
      audit: 'period.close',
      body: closeSchema,
      status: 201,
    },
    async ({ params, body, by }) => ({
      items: await closePeriod(services, { fundId: params['id'] ?? '', period: body.period }, by),
    }),
  )

  api.post(
    '/closes',
    {
      summary: 'Close a month in every fund of the county; what cannot be closed says why',
      guard: close,
      audit: 'period.close-county',
      body: closeSchema,
    },
    async ({ body, by }) => ({ items: await closeMonth(services, body, by) }),
  )
}

/** @throws DomainError `fund.forbidden` */
function visible(actor: Parameters<typeof requirePeriodPermission>[2]['actor'], fundId: FundId = ''): FundId {
  requirePeriodPermission('statement.see', fundId, { actor })
  return fundId
}
