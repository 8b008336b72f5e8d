import type { Response } from 'express'
import type { z } from 'zod'
import type { FormContext, PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import { formView, presenterOf } from '../../platform/views/index.ts'
import { chinaMonth } from '../../shared/china-day.ts'
import type { DomainError } from '../../shared/errors.ts'
import type { CloseOutcome } from '../periods/close-month.ts'
import { closeMonth } from '../periods/close-month.ts'
import { requirePeriodPermission } from '../periods/close-period.ts'
import { closeSchema } from '../periods/period-forms.ts'
import { PERIOD_PERMISSIONS } from '../periods/period-permissions.ts'
import { findFund } from './find-fund.ts'
import { countyMonth, lastMonth } from './county-month.ts'
import { countyMonthPage } from './county-month-page.ts'
import { findStatement, monthsOfFund } from './find-statement.ts'
import type { StatementRouteServices } from './statement-routes.ts'
import { statementCsv, statementXlsx } from './statement-table.ts'
import { fundMonthsPage, statementPage } from './statement-page.ts'
import { closingPage } from './closing-page.ts'

const see = mayAct(PERIOD_PERMISSIONS, 'statement.see')
const seeCounty = mayAct(PERIOD_PERMISSIONS, 'statement.see-county')
const close = mayAct(PERIOD_PERMISSIONS, 'period.close')

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export interface StatementPageServices extends StatementRouteServices {
  readonly config: { readonly publicUrl: string }
}

/** Monthly statements to read, print and take away, and the page on which the county closes a month. */
export function declareStatementPages(pages: PageRouter, services: StatementPageServices): void {
  const { ledger, clock, config } = services

  pages.get('/funds/:id/statements', { guard: see, audit: 'statement.list' }, async ({ actor, params, res }) => {
    const head = await findFund(ledger, actor, params['id'])
    const model = fundMonthsPage(head, await monthsOfFund(services, head), presenterOf(res))
    return { view: 'ledger/statements', model }
  })

  pages.get('/funds/:id/statements/:period', { guard: see, audit: 'statement.read' }, async (context) => {
    const statement = await statementOf(context)
    const model = statementPage(statement, config.publicUrl, presenterOf(context.res))
    return { view: 'ledger/statement', model, layout: 'print' }
  })

  pages.get('/funds/:id/statements/:period/csv', { guard: see, audit: 'statement.csv' }, async (context) => {
    const statement = await statementOf(context)
    const csv = statementCsv(statement, presenterOf(context.res))
    return sent(context.res, `${statement.fundId}-${statement.period}.csv`, 'text/csv; charset=utf-8', csv)
  })

  pages.get('/funds/:id/statements/:period/xlsx', { guard: see, audit: 'statement.xlsx' }, async (context) => {
    const statement = await statementOf(context)
    const bytes = await statementXlsx(statement, presenterOf(context.res))
    return sent(context.res, `${statement.fundId}-${statement.period}.xlsx`, XLSX, bytes)
  })

  pages.get('/statements', { guard: seeCounty, audit: 'statement.closing' }, (context) => showClosing(context))

  pages.post(
    '/statements',
    { guard: close, audit: 'period.close-county', form: closeSchema },
    async (context) => {
      const { form, by } = context
      if (!form.ok) return { ...(await showClosing(context)), status: 400 }
      const outcomes = await closeMonth(services, form.values, by)
      const refused = outcomes.filter(({ outcome }) => outcome === 'refused')
      if (refused.length > 0) return { ...(await showClosing(context, { outcomes })), status: 422 }
      return { redirect: '/statements', flash: { key: 'ledger:flash.closed', params: { period: form.values.period } } }
    },
    (refusal, context: FormContext<z.output<typeof closeSchema>>) => showClosing(context, { refusal }),
  )

  pages.get('/statements/:period', { guard: seeCounty, audit: 'statement.county' }, async ({ actor, params, res }) => {
    const month = await countyMonth(services, actor.county, params['period'] ?? '')
    return {
      view: 'ledger/county-month',
      model: countyMonthPage(month, config.publicUrl, presenterOf(res)),
      layout: 'print',
    }
  })

  async function statementOf({ actor, params }: PageContext) {
    const fundId = params['id'] ?? ''
    requirePeriodPermission('statement.see', fundId, { actor })
    return findStatement(services, actor.county, fundId, params['period'] ?? '')
  }

  async function showClosing(
    { actor, res }: PageContext,
    shown: { readonly outcomes?: readonly CloseOutcome[]; readonly refusal?: DomainError } = {},
  ) {
    const present = presenterOf(res)
    const now = clock.now()
    const heads = await ledger.headsOf(actor.county)
    const seals = await services.seals.list(actor.county)
    const last = lastMonth(now)
    const state = { heads, seals, now: chinaMonth(now), last, outcomes: shown.outcomes ?? [] }
    const form = formView(present, shown.refusal ? { refusal: shown.refusal } : {})
    return { view: 'ledger/closing', model: closingPage(state, actor, present, form) }
  }
}

function sent(res: Response, name: string, type: string, body: string | Buffer): { readonly sent: true } {
  res.set({ 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` }).send(body)
  return { sent: true }
}
