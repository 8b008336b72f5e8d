import { z } from 'zod'
import type { NameServices } from '../cases/index.ts'
import { caseStream, namesOf } from '../cases/index.ts'
import { nearestDueAt } from '../deadlines/index.ts'
import type { ApiRouter, PageAnswer, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { filterFor, may } from '../shared/permissions.ts'
import { supplementSchema } from './aid-forms.ts'
import { DECISION_PERMISSIONS } from './aid-permissions.ts'
import { confirmationsPage } from './confirmations-page.ts'
import type { SupplementServices } from './supplement.ts'
import { confirmSupplement, fileSupplement } from './supplement.ts'
import { supplementPage } from './supplement-page.ts'

export type PaperRouteServices = SupplementServices & NameServices

/** Papers of an advance: filed by the township, confirmed by the county. */
export function paperApi(services: PaperRouteServices, api: ApiRouter): void {
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
}

/** The same on pages. */
export function paperPages(services: PaperRouteServices, pages: PageRouter): void {
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
