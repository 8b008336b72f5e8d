import { z } from 'zod'
import type { ApiRouter, PageAnswer, PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import type { FormParts } from '../../platform/views/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import { DomainError } from '../../shared/errors.ts'
import type { FundSummary } from '../fund-view.ts'
import { fundSummary } from '../fund-view.ts'
import type { StaffNames } from '../staff-names.ts'
import { staffNames } from '../staff-names.ts'
import type { CashCount } from './cash-count.ts'
import { hasTill } from './cash-count.ts'
import { countFormSchema, countSchema } from './cash-forms.ts'
import { cashPage, countSlip } from './cash-page.ts'
import type { CashAction } from './cash-permissions.ts'
import { CASH_PERMISSIONS } from './cash-permissions.ts'
import type { CountCashServices } from './count-cash.ts'
import { confirmCount, enterCount, refuseCount, requireCashPermission } from './count-cash.ts'
import type { MissingCountServices } from './missing-counts.ts'
import { missingCounts } from './missing-counts.ts'

export interface CashRouteServices extends CountCashServices, MissingCountServices {
  readonly staff: StaffNames
  readonly config: { readonly publicUrl: string }
}

const guard = (action: CashAction) => mayAct(CASH_PERMISSIONS, action)

/** Counts on one page. */
const SHOWN = 30

/** Counts of tills under `/api/v1/funds/:id/cash-counts`. */
export function declareCashApi(api: ApiRouter, services: CashRouteServices): void {
  api.get(
    '/funds/:id/cash-counts',
    {
      summary: 'Counts of the till, newest first, and days nobody counted',
      guard: guard('cash.see'),
      audit: 'cash.list',
    },
    async ({ actor, params }) => {
      const fundId = idOf(params)
      requireCashPermission('cash.see', fundId, { actor })
      return {
        items: (await services.cashCounts.list(actor.county, fundId, SHOWN)).map(countView),
        missing: await missingCounts(services, actor.county, fundId),
        next: null,
      }
    },
  )
  api.post(
    '/funds/:id/cash-counts',
    {
      summary: 'Enter what the custodian counted',
      guard: guard('cash.count'),
      audit: 'cash.count',
      body: countSchema,
      status: 201,
    },
    ({ params, body, by }) => enterCount(services, { fundId: idOf(params), ...body }, by),
  )
  api.post(
    '/funds/:id/cash-counts/:count/confirm',
    {
      summary: 'The witness confirms; a difference is booked through suspense',
      guard: guard('cash.witness'),
      audit: 'cash.confirm',
    },
    ({ params, by }) => confirmCount(services, oneOf(params), by),
  )
  api.post(
    '/funds/:id/cash-counts/:count/refuse',
    { summary: 'The witness does not stand by it', guard: guard('cash.witness'), audit: 'cash.refuse' },
    ({ params, by }) => refuseCount(services, oneOf(params), by),
  )
}

/** The page of a till and the slip of a count. */
export function declareCashPages(pages: PageRouter, services: CashRouteServices): void {
  pages.get('/funds/:id/cash', { guard: guard('cash.see'), audit: 'cash.list' }, (context) => show(context))
  pages.post(
    '/funds/:id/cash',
    { guard: guard('cash.count'), audit: 'cash.count', form: countFormSchema },
    async (context) => {
      const { form, by, params } = context
      if (!form.ok) return { ...(await show(context, { values: form.typed, errors: form.errors })), status: 400 }
      await enterCount(services, { fundId: idOf(params), ...form.values }, by)
      return done(context, 'entered')
    },
    (refusal, context) => show(context, { values: context.form.typed, refusal }),
  )
  for (const [name, action] of [
    ['confirm', confirmCount],
    ['refuse', refuseCount],
  ] as const)
    pages.post(
      `/funds/:id/cash/:count/${name}`,
      { guard: guard('cash.witness'), audit: `cash.${name}`, form: z.object({}) },
      async (context) => {
        await action(services, oneOf(context.params), context.by)
        return done(context, name)
      },
      (refusal, context) => show(context, { refusal }),
    )
  pages.get(
    '/funds/:id/cash/:count/slip',
    { guard: guard('cash.see'), audit: 'cash.slip' },
    async ({ actor, params, res }) => {
      const { fundId, id } = oneOf(params)
      requireCashPermission('cash.see', fundId, { actor })
      const count = await services.cashCounts.find(actor.county, id)
      if (count?.fundId !== fundId) throw new DomainError('count.not_found', `No count ${id}`)
      const nameOf = await staffNames(services.staff, actor.county)
      const url = `${services.config.publicUrl}/funds/${fundId}/cash`
      return {
        view: 'ledger/cash-slip',
        model: countSlip(await tillOf(actor.county, fundId), count, url, presenterOf(res), nameOf),
        layout: 'print',
      }
    },
  )

  async function show({ actor, params, res }: PageContext, form: FormParts = {}): Promise<Shown> {
    const fundId = idOf(params)
    requireCashPermission('cash.see', fundId, { actor })
    const parts = {
      fund: await tillOf(actor.county, fundId),
      counts: await services.cashCounts.list(actor.county, fundId, SHOWN),
      missing: await missingCounts(services, actor.county, fundId),
      nameOf: await staffNames(services.staff, actor.county),
    }
    return { view: 'ledger/cash', model: cashPage(parts, actor, presenterOf(res), form) }
  }

  async function tillOf(county: string, fundId: string): Promise<FundSummary> {
    const head = hasTill(fundId) ? await services.ledger.head(county, fundId) : null
    if (!head) throw new DomainError('fund.not_found', `No till in ${fundId}`, { fundId })
    return fundSummary(head)
  }
}

type Shown = Extract<PageAnswer, { view: string }>

function countView({ _id, county: _county, countedAt, witnessedAt, ...count }: CashCount): object {
  return { ...count, countedAt: countedAt.toISOString(), witnessedAt: witnessedAt?.toISOString() ?? null }
}

function done({ params }: PageContext, said: string): PageAnswer {
  return { redirect: `/funds/${idOf(params)}/cash`, flash: { key: `ledger:cash.said.${said}` } }
}

function idOf(params: Readonly<Record<string, string>>): string {
  return params['id'] ?? ''
}

function oneOf(params: Readonly<Record<string, string>>): { fundId: string; id: string } {
  return { fundId: idOf(params), id: params['count'] ?? '' }
}
