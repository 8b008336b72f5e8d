import { z } from 'zod'
import type { CaseStore, NameServices } from '../cases/index.ts'
import { CASE_PERMISSIONS, namesOf, openTexts } from '../cases/index.ts'
import type { DivisionStore } from '../directory/divisions/index.ts'
import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter, mayAct, signedIn } from '../platform/http/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import { formView, presenterOf } from '../platform/views/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { filterFor, may } from '../shared/permissions.ts'
import { acknowledgeCase } from './acknowledge-case.ts'
import { placeCase } from './place-case.ts'
import type { Places } from './places.ts'
import { ROUTING_PERMISSIONS } from './routing-permissions.ts'
import type { TransferRouteServices } from './transfer/transfer-routes.ts'
import { transferApi, transferPages } from './transfer/transfer-routes.ts'
import { triagePage } from './triage-page.ts'

type Actions = Parameters<typeof acknowledgeCase>[0] & Parameters<typeof placeCase>[0]

export interface RoutingRouteServices extends Actions, NameServices, TransferRouteServices {
  readonly cases: CaseStore
  readonly divisions: DivisionStore
  readonly places: Places
  readonly vault: FieldVault
}

/** Where it happened, by code; a text that was typed decides only through a chosen candidate. */
const placeSchema = z.object({
  code: z.string().regex(/^(\d{9}|\d{12})$/, 'routing:form.placeChoose'),
  reason: z.enum(['caller_said', 'found_on_site', 'map', 'wrong_before']).default('caller_said'),
})

/** The page offers a text with suggestions and a list; whichever was used. */
const placeFormSchema = z
  .object({ place: z.string().optional(), placeCode: z.string().default(''), township: z.string().default('') })
  .transform(({ placeCode, township }) => ({ code: township || placeCode }))
  .pipe(placeSchema)

const suggestSchema = z.object({
  q: z.string().max(300).default(''),
  limit: z.coerce.number().int().min(1).max(40).default(10),
})

/** Taking and placing under `/api/v1/cases`, and what a text may mean as a place. */
export function routingApi(services: RoutingRouteServices): ApiRouter {
  const api = createApiRouter()
  api.post(
    '/cases/:no/acknowledge',
    { summary: 'Take a case', guard: mayAct(ROUTING_PERMISSIONS, 'case.acknowledge'), audit: 'case.acknowledge' },
    ({ params, by }) => acknowledgeCase(services, { no: params['no'] ?? '' }, by),
  )
  api.post(
    '/cases/:no/place',
    {
      summary: 'Say or correct where it happened, and route anew',
      guard: mayAct(ROUTING_PERMISSIONS, 'case.place'),
      audit: 'case.place',
      body: placeSchema,
    },
    ({ params, body, version, by }) =>
      placeCase(services, { no: params['no'] ?? '', version, code: body.code, reason: body.reason }, by),
  )
  api.get(
    '/divisions/match',
    { summary: 'What a text means as a place', guard: signedIn, audit: 'division.match', query: suggestSchema },
    ({ actor, query }) => services.places.match(actor.county, query.q),
  )
  transferApi(services, api)
  return api
}

/** Taking a case, placing one, the triage desk, and suggestions while a place is typed. */
export function routingPages(services: RoutingRouteServices): PageRouter {
  const pages = createPageRouter()
  pages.post(
    '/cases/:no/acknowledge',
    {
      guard: mayAct(ROUTING_PERMISSIONS, 'case.acknowledge'),
      audit: 'case.acknowledge',
      form: z.object({}),
    },
    async ({ params, by }) => {
      const { no } = await acknowledgeCase(services, { no: params['no'] ?? '' }, by)
      return { redirect: `/cases/${no}`, flash: { key: 'cases:said.acknowledged' } }
    },
    (refusal, { params }) =>
      Promise.resolve({
        redirect: `/cases/${params['no'] ?? ''}`,
        flash: { tone: 'notice', key: `cases:errors.${refusal.code.replaceAll('.', '_')}`, params: { state: '' } },
      }),
  )
  pages.get('/divisions/suggest', { guard: signedIn, audit: 'division.suggest' }, async ({ actor, query, res }) => {
    const { code, name, path, candidates } = await services.places.match(actor.county, query['q'] ?? '')
    const decided = code !== null && name !== null && path !== null ? [{ code, name, path }] : []
    const others = candidates.filter((candidate) => candidate.code !== code)
    res.json({ candidates: [...decided, ...others].slice(0, 10) })
    return { sent: true }
  })
  pages.get(
    '/triage',
    { guard: mayAct(ROUTING_PERMISSIONS, 'case.place'), audit: 'triage.read' },
    async ({ actor, res }) => {
      const visible = filterFor(CASE_PERMISSIONS, actor, 'case.read')
      const list = (where: object) => services.cases.listOpen(actor.county, { visible, where: { ...where }, limit: 50 })
      const unplaced = await list({ unit: actor.county, state: 'RECEIVED' })
      const unowned = await list({ state: 'ROUTED', escalationStep: { $gt: 0 } })
      const model = triagePage(services.vault, unplaced.cases, unowned.cases, await namesOf(services, actor.county), {
        county: actor.county,
        present: presenterOf(res),
      })
      return { view: 'routing/triage', model }
    },
  )
  placePages(services, pages)
  transferPages(services, pages)
  return pages
}

function placePages(services: RoutingRouteServices, pages: PageRouter): void {
  const guard = mayAct(ROUTING_PERMISSIONS, 'case.place')
  const show = async (actor: Actor, no: string, present: Presenter, form: Parameters<typeof formView>[1] = {}) => {
    const found = await services.cases.find(actor.county, no)
    if (!found || !may(ROUTING_PERMISSIONS, actor, 'case.place', found))
      throw new DomainError('case.not_found', `No case ${no}`, { no })
    const texts = openTexts(services.vault, found)
    const townships = await services.divisions.below(actor.county)
    return {
      view: 'routing/place',
      model: {
        title: present.t('routing:place.title'),
        backHref: `/cases/${no}`,
        action: `/cases/${no}/place`,
        said: texts.place,
        story: texts.story,
        choices: townships.map(({ _id, name }) => ({ value: _id, text: name })),
        form: formView(present, {
          values: { place: texts.place, placeCode: found.place.code },
          ...form,
          version: found.version,
        }),
      },
    }
  }
  pages.get('/cases/:no/place', { guard, audit: 'case.place' }, ({ actor, params, res }) =>
    show(actor, params['no'] ?? '', presenterOf(res)),
  )
  pages.post(
    '/cases/:no/place',
    { guard, audit: 'case.place', form: placeFormSchema },
    async ({ actor, params, res, form, version, by }) => {
      const no = params['no'] ?? ''
      if (!form.ok)
        return {
          ...(await show(actor, no, presenterOf(res), { values: form.typed, errors: form.errors })),
          status: 400,
        }
      await placeCase(services, { no, version, code: form.values.code, reason: form.values.reason }, by)
      return { redirect: `/cases/${no}`, flash: { key: 'cases:said.placed' } }
    },
    (refusal, { actor, params, res, form }) =>
      show(actor, params['no'] ?? '', presenterOf(res), { values: form.typed, refusal }),
  )
}
