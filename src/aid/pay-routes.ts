import { z } from 'zod'
import type { NameServices } from '../cases/index.ts'
import { namesOf } from '../cases/index.ts'
import type { ApiRouter, PageAnswer, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { stockOf } from '../ledger/index.ts'
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
import { handedForm, handedSchema } from './goods-handed.ts'
import type { PayOrderServices } from './pay-order.ts'
import { failOrder, payOrder } from './pay-order.ts'
import type { PaymentListServices } from './payment-list.ts'
import { paymentList } from './payment-list.ts'
import { paymentListPage } from './payment-list-page.ts'
import { paymentPage, receiptPage } from './payments-page.ts'

export type PayRouteServices = PayOrderServices & PaymentListServices & NameServices & { readonly vault: FieldVault }

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
    {
      summary: 'Pay what was held; goods by the piece',
      guard: mayAct(DECISION_PERMISSIONS, 'payment.pay'),
      audit: 'payment.pay',
      body: handedSchema,
    },
    ({ params, body, by }) => payOrder(services, { orderId: params['id'] ?? '', goods: body?.goods }, by),
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
  pages.get('/payments', { guard, audit: 'payment.list' }, async ({ actor, res }) => ({
    view: 'aid/payments',
    model: paymentListPage(services.vault, await paymentList(services, actor), actor, presenterOf(res)),
  }))
  const show = async (
    actor: Actor,
    orderId: string,
    present: Presenter,
    form: FormParts = {},
  ): Promise<PageAnswer> => ({
    view: 'aid/payment',
    model: await paymentModel(actor, orderId, present, form),
  })
  const paymentModel = async (actor: Actor, orderId: string, present: Presenter, form: FormParts): Promise<object> => {
    const decision = await load(actor, orderId)
    const order = decision.orders.find(({ id }) => id === orderId)
    const isGoods = order?.kind === 'GOODS' && order.state === 'HELD'
    const stock = isGoods ? await stockOf(services.ledger, actor.county, order.fundId) : []
    const nameOf = await namesOf(services, actor.county)
    return paymentPage(services.vault, decision, orderId, present, nameOf, form, stock)
  }
  pages.get('/payments/:id', { guard, audit: 'payment.read' }, ({ actor, params, res }) =>
    show(actor, params['id'] ?? '', presenterOf(res)),
  )
  pages.post(
    '/payments/:id/pay',
    { guard, audit: 'payment.pay', form: handedForm },
    async ({ actor, params, res, form, by }) => {
      const id = params['id'] ?? ''
      if (!form.ok) {
        const parts = { values: form.typed, errors: form.errors }
        return { ...(await show(actor, id, presenterOf(res), parts)), status: 400 }
      }
      const { orderId } = await payOrder(services, { orderId: id, goods: form.values }, by)
      return { redirect: `/payments/${encodeURIComponent(orderId)}`, flash: { key: 'aid:said.paid' } }
    },
    (refusal, { actor, params, res, form }) =>
      show(actor, params['id'] ?? '', presenterOf(res), { values: form.typed, refusal }),
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
