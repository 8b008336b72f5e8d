import { z } from 'zod'
import type { NameServices } from '../cases/index.ts'
import { namesOf } from '../cases/index.ts'
import type { ApiRouter, PageAnswer, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { filterFor, may } from '../shared/permissions.ts'
import { decisionOfOrder } from './act-on-decision.ts'
import { DECISION_PERMISSIONS } from './aid-permissions.ts'
import type { DecisionRecord } from './decision.ts'
import { decisionView } from './decision-view.ts'
import type { PayOrderServices } from './pay-order.ts'
import { failOrder, payOrder } from './pay-order.ts'
import { paymentPage, paymentsPage, receiptPage } from './payments-page.ts'

export type PayRouteServices = PayOrderServices & NameServices & { readonly vault: FieldVault }

const failSchema = z.object({
  reason: z.enum(
    ['payee_absent', 'payee_refused', 'account_wrong', 'decision_withdrawn'],
    'aid:form.failReasonMissing',
  ),
})

/** Payments that wait, and what becomes of them. */
export function payApi(services: PayRouteServices, api: ApiRouter): void {
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
}

/** The cashier's list, one payment, its receipt. */
export function payPages(services: PayRouteServices, pages: PageRouter): void {
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
