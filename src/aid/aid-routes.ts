import { z } from 'zod'
import type { CaseSection, CaseStore, NameServices } from '../cases/index.ts'
import { caseStream, namesOf } from '../cases/index.ts'
import { nearestDueAt } from '../deadlines/index.ts'
import type { ApiRouter, PageAnswer, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter, mayAct } from '../platform/http/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import { filterFor, may } from '../shared/permissions.ts'
import { caseSectionModel } from './case-section.ts'
import { decisionPage } from './decide-page.ts'
import { decisionPageSchema } from './decide-page-form.ts'
import { decisionSchema, supplementSchema } from './aid-forms.ts'
import { aidLimits, sumOf } from './aid-limits.ts'
import { AID_CASE_PERMISSIONS, DECISION_PERMISSIONS } from './aid-permissions.ts'
import type { DecideAidServices } from './decide-aid.ts'
import { decideAid } from './decide-aid.ts'
import { decisionView } from './decision-view.ts'
import { failOrder, payOrder } from './pay-order.ts'
import { paymentsPage, paymentPage, receiptPage } from './payments-page.ts'
import { confirmSupplement, fileSupplement } from './supplement.ts'
import { decisionOfOrder } from './act-on-decision.ts'
import type { DecisionRecord } from './decision.ts'
import { supplementPage } from './supplement-page.ts'
import { confirmationsPage } from './confirmations-page.ts'

export interface AidRouteServices extends DecideAidServices, NameServices {
  readonly cases: CaseStore
  readonly clock: Clock
}

const decideGuard = {
  name: 'aid.decide',
  allows: (actor: Actor): boolean =>
    mayAct(AID_CASE_PERMISSIONS, 'aid.decide_township').allows(actor) ||
    mayAct(AID_CASE_PERMISSIONS, 'aid.decide_county').allows(actor),
}

const failSchema = z.object({
  reason: z.enum(
    ['payee_absent', 'payee_refused', 'account_wrong', 'decision_withdrawn'],
    'aid:form.failReasonMissing',
  ),
})

/** Decisions, payments and papers under `/api/v1`. */
export function aidApi(services: AidRouteServices): ApiRouter {
  const api = createApiRouter()
  const readGuard = mayAct(DECISION_PERMISSIONS, 'decision.read')
  api.post(
    '/cases/:no/decisions',
    {
      summary: 'Decide on aid within the limit in force',
      guard: decideGuard,
      audit: 'aid.decide',
      body: decisionSchema,
      status: 201,
    },
    ({ params, body, version, by }) => decideAid(services, { no: params['no'] ?? '', version, ...body }, by),
  )
  api.get(
    '/cases/:no/decisions',
    { summary: 'Decisions of a case', guard: readGuard, audit: 'aid.list' },
    async ({ actor, params }) => {
      const decisions = await services.aid.ofCase(actor.county, params['no'] ?? '')
      return {
        items: decisions.filter((one) => may(DECISION_PERMISSIONS, actor, 'decision.read', one)).map(decisionView),
      }
    },
  )
  api.get(
    '/payment-orders',
    { summary: 'Payments waiting here', guard: mayAct(DECISION_PERMISSIONS, 'payment.pay'), audit: 'payment.list' },
    async ({ actor }) => {
      const visible = filterFor(DECISION_PERMISSIONS, actor, 'payment.pay')
      const decisions = await services.aid.list(actor.county, visible, ['DECIDED', 'PAYING'], 100)
      return {
        items: decisions.flatMap((decision) => decisionView(decision).orders.filter(({ state }) => state === 'HELD')),
      }
    },
  )
  api.post(
    '/payment-orders/:id/pay',
    { summary: 'Pay what was held', guard: mayAct(DECISION_PERMISSIONS, 'payment.pay'), audit: 'payment.pay' },
    ({ params, by }) => payOrder(services, { orderId: params['id'] ?? '' }, by),
  )
  api.post(
    '/payment-orders/:id/fail',
    {
      summary: 'A payment that could not be made',
      guard: mayAct(DECISION_PERMISSIONS, 'payment.pay'),
      audit: 'payment.fail',
      body: failSchema,
    },
    ({ params, body, by }) => failOrder(services, { orderId: params['id'] ?? '', reason: body.reason }, by),
  )
  api.post(
    '/decisions/:id/supplement',
    {
      summary: 'File the papers of an advance',
      guard: mayAct(DECISION_PERMISSIONS, 'supplement.file'),
      audit: 'supplement.file',
      body: supplementSchema,
    },
    ({ params, body, by }) => fileSupplement(services, { id: params['id'] ?? '', ...body }, by),
  )
  api.post(
    '/decisions/:id/confirm',
    {
      summary: 'Confirm the papers of an advance',
      guard: mayAct(DECISION_PERMISSIONS, 'supplement.confirm'),
      audit: 'supplement.confirm',
    },
    ({ params, by }) => confirmSupplement(services, { id: params['id'] ?? '' }, by),
  )
  return api
}

/** The decision's form, the cashier's list, the papers. */
export function aidPages(services: AidRouteServices): PageRouter {
  const pages = createPageRouter()
  decidePages(services, pages)
  cashierPages(services, pages)
  paperPages(services, pages)
  return pages
}

/** What the case page shows of aid, and the next step it asks for. */
export function aidSection(services: AidRouteServices): CaseSection {
  return {
    id: 'aid',
    partial: 'aid/sections/case',
    async load(found, actor, present) {
      const decisions = await services.aid.ofCase(found.county, found.no)
      const scope = found.unit === '' ? found.county : found.unit
      const policy = await services.policies.at({ scope, at: services.clock.now() })
      const persons = Math.max(1, ...decisions.map((decision) => decision.persons))
      const { limitFen } = aidLimits(policy, 'township', persons)
      return caseSectionModel(found, decisions, limitFen, actor, present, await namesOf(services, found.county))
    },
  }
}

function decidePages(services: AidRouteServices, pages: PageRouter): void {
  const show = async (actor: Actor, no: string, present: Presenter, form: FormParts = {}): Promise<PageAnswer> => {
    const found = await services.cases.find(actor.county, no)
    const isTownship = found && may(AID_CASE_PERMISSIONS, actor, 'aid.decide_township', found)
    if (!found || !(isTownship || may(AID_CASE_PERMISSIONS, actor, 'aid.decide_county', found)))
      throw new DomainError('case.not_found', `No case ${no}`, { no })
    const tier = isTownship ? 'township' : 'county'
    const policy = await services.policies.at({
      scope: isTownship ? found.unit : found.county,
      at: services.clock.now(),
    })
    const given = (await services.aid.ofCase(actor.county, no)).flatMap(({ orders }) => orders)
    const usedFen = sumOf(given.filter(({ state }) => state !== 'FAILED'))
    return { view: 'aid/decide', model: decisionPage(found, tier, policy, usedFen, present, form) }
  }
  pages.get('/cases/:no/decide', { guard: decideGuard, audit: 'aid.decide' }, ({ actor, params, res }) =>
    show(actor, params['no'] ?? '', presenterOf(res)),
  )
  pages.post(
    '/cases/:no/decide',
    { guard: decideGuard, audit: 'aid.decide', form: decisionPageSchema },
    async ({ actor, params, res, form, version, by }) => {
      const no = params['no'] ?? ''
      if (!form.ok)
        return {
          ...(await show(actor, no, presenterOf(res), { values: form.typed, errors: form.errors })),
          status: 400,
        }
      const { totalFen } = await decideAid(services, { no, version, ...form.values }, by)
      return {
        redirect: `/cases/${no}`,
        flash: { key: 'aid:said.decided', params: { money: presenterOf(res).money(totalFen) } },
      }
    },
    (refusal, { actor, params, res, form }) =>
      show(actor, params['no'] ?? '', presenterOf(res), {
        values: form.typed,
        refusal: withMoney(refusal, presenterOf(res)),
      }),
  )
}

function cashierPages(services: AidRouteServices, pages: PageRouter): void {
  const guard = mayAct(DECISION_PERMISSIONS, 'payment.pay')
  const load = async (actor: Actor, orderId: string): Promise<DecisionRecord> => {
    const decision = await services.aid.find(actor.county, decisionOfOrder(orderId))
    if (!decision || !may(DECISION_PERMISSIONS, actor, 'decision.read', decision))
      throw new DomainError('decision.not_found', 'No such payment')
    return decision
  }
  pages.get('/payments', { guard, audit: 'payment.list' }, async ({ actor, res }) => {
    const visible = filterFor(DECISION_PERMISSIONS, actor, 'payment.pay')
    const decisions = await services.aid.list(actor.county, visible, ['DECIDED', 'PAYING'], 100)
    return { view: 'aid/payments', model: paymentsPage(services.vault, decisions, actor, presenterOf(res)) }
  })
  const show = async (
    actor: Actor,
    orderId: string,
    present: Presenter,
    form: FormParts = {},
  ): Promise<PageAnswer> => ({
    view: 'aid/payment',
    model: paymentPage(
      services.vault,
      await load(actor, orderId),
      orderId,
      present,
      await namesOf(services, actor.county),
      form,
    ),
  })
  pages.get('/payments/:id', { guard, audit: 'payment.read' }, ({ actor, params, res }) =>
    show(actor, params['id'] ?? '', presenterOf(res)),
  )
  pages.post(
    '/payments/:id/pay',
    { guard, audit: 'payment.pay', form: z.object({}) },
    async ({ params, by }) => {
      const { orderId } = await payOrder(services, { orderId: params['id'] ?? '' }, by)
      return { redirect: `/payments/${encodeURIComponent(orderId)}`, flash: { key: 'aid:said.paid' } }
    },
    (refusal, { actor, params, res }) => show(actor, params['id'] ?? '', presenterOf(res), { refusal }),
  )
  pages.post(
    '/payments/:id/fail',
    { guard, audit: 'payment.fail', form: failSchema },
    async ({ actor, params, res, form, by }) => {
      if (!form.ok)
        return {
          ...(await show(actor, params['id'] ?? '', presenterOf(res), { values: form.typed, errors: form.errors })),
          status: 400,
        }
      await failOrder(services, { orderId: params['id'] ?? '', reason: form.values.reason }, by)
      return { redirect: '/payments', flash: { key: 'aid:said.failed' } }
    },
    (refusal, { actor, params, res }) => show(actor, params['id'] ?? '', presenterOf(res), { refusal }),
  )
  pages.get(
    '/payments/:id/receipt',
    { guard: mayAct(DECISION_PERMISSIONS, 'decision.read'), audit: 'payment.receipt' },
    async ({ actor, params, res }) => {
      const orderId = params['id'] ?? ''
      const decision = await load(actor, orderId)
      const nameOf = await namesOf(services, actor.county)
      return {
        view: 'aid/receipt',
        model: receiptPage(services.vault, decision, orderId, presenterOf(res), nameOf),
        layout: 'print',
      }
    },
  )
}

function paperPages(services: AidRouteServices, pages: PageRouter): void {
  const guard = mayAct(DECISION_PERMISSIONS, 'supplement.file')
  const show = async (actor: Actor, id: string, present: Presenter, form: FormParts = {}): Promise<PageAnswer> => {
    const decision = await services.aid.find(actor.county, id)
    if (!decision || !may(DECISION_PERMISSIONS, actor, 'decision.read', decision))
      throw new DomainError('decision.not_found', 'No such decision')
    const clocks = await services.deadlines.openFor(actor.county, caseStream(decision.caseNo))
    const about = clocks.filter((clock) => clock.about === `decision:${id}`)
    return { view: 'aid/supplement', model: supplementPage(decision, nearestDueAt(about), present, form) }
  }
  pages.get('/decisions/:id/supplement', { guard, audit: 'supplement.file' }, ({ actor, params, res }) =>
    show(actor, params['id'] ?? '', presenterOf(res)),
  )
  pages.post(
    '/decisions/:id/supplement',
    { guard, audit: 'supplement.file', form: supplementSchema },
    async ({ actor, params, res, form, by }) => {
      const id = params['id'] ?? ''
      if (!form.ok)
        return {
          ...(await show(actor, id, presenterOf(res), { values: form.typed, errors: form.errors })),
          status: 400,
        }
      const { caseNo } = await fileSupplement(services, { id, ...form.values }, by)
      return { redirect: `/cases/${caseNo}`, flash: { key: 'aid:said.filed' } }
    },
    (refusal, { actor, params, res, form }) =>
      show(actor, params['id'] ?? '', presenterOf(res), { values: form.typed, refusal }),
  )
  const confirmGuard = mayAct(DECISION_PERMISSIONS, 'supplement.confirm')
  pages.get('/confirmations', { guard: confirmGuard, audit: 'supplement.list' }, async ({ actor, res }) => {
    const visible = filterFor(DECISION_PERMISSIONS, actor, 'supplement.confirm')
    const decisions = await services.aid.list(actor.county, visible, ['SUPPLEMENTED'], 100)
    const model = confirmationsPage(
      services.vault,
      decisions,
      actor,
      presenterOf(res),
      await namesOf(services, actor.county),
    )
    return { view: 'aid/confirmations', model }
  })
  pages.post(
    '/decisions/:id/confirm',
    { guard: confirmGuard, audit: 'supplement.confirm', form: z.object({}) },
    async ({ params, by }) => {
      const { caseNo } = await confirmSupplement(services, { id: params['id'] ?? '' }, by)
      return { redirect: `/cases/${caseNo}`, flash: { key: 'aid:said.confirmed' } }
    },
  )
}

/** A limit is told in money, not in fen. */
function withMoney(refusal: DomainError, present: Presenter): DomainError {
  const shown = Object.entries(refusal.details).map(([name, value]) =>
    name.endsWith('Fen') && typeof value === 'number' ? [name.slice(0, -3), present.money(value)] : [name, value],
  )
  return new DomainError(refusal.code, refusal.message, {
    ...refusal.details,
    ...(Object.fromEntries(shown) as object),
  })
}
