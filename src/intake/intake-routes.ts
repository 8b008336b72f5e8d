import { z } from 'zod'
import type { CaseRecord, NameServices } from '../cases/index.ts'
import { namesOf } from '../cases/index.ts'
import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter, mayAct } from '../platform/http/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import { filterFor, may } from '../shared/permissions.ts'
import type { IntakeRecord } from './intake.ts'
import { intakeAnswerSchema, intakeSchema } from './intake-forms.ts'
import { intakePage } from './intake-page.ts'
import { intakePageSchema } from './intake-page-form.ts'
import { INTAKE_PERMISSIONS } from './intake-permissions.ts'
import type { RegisterIntakeServices } from './register-intake.ts'
import type { PublicRouteServices } from './public/public-routes.ts'
import { publicPages } from './public/public-routes.ts'
import { registerIntake } from './register-intake.ts'

export type IntakeRouteServices = RegisterIntakeServices & NameServices & PublicRouteServices

const listSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().max(200).optional(),
})

/** Requests under `/api/v1/intakes`. */
export function intakeApi(services: IntakeRouteServices): ApiRouter {
  const api = createApiRouter()
  const read = mayAct(INTAKE_PERMISSIONS, 'intake.read')
  api.post(
    '/intakes',
    {
      summary: 'Register a request; a request for help opens a case and routes it',
      guard: mayAct(INTAKE_PERMISSIONS, 'intake.register'),
      audit: 'intake.register',
      body: intakeSchema,
      answer: intakeAnswerSchema,
      status: 201,
    },
    ({ body, by }) => registerIntake(services, body, by),
  )
  api.get(
    '/intakes',
    { summary: 'Requests taken at the own door', guard: read, audit: 'intake.list', query: listSchema },
    async ({ actor, query }) => {
      const visible = filterFor(INTAKE_PERMISSIONS, actor, 'intake.read')
      const { intakes, next } = await services.intakes.listNewest(actor.county, visible, query.limit, query.after)
      return { items: intakes.map(intakeView), next: next ?? null }
    },
  )
  api.get('/intakes/:no', { summary: 'One request', guard: read, audit: 'intake.read' }, async ({ actor, params }) => {
    const found = await services.intakes.find(actor.county, params['no'] ?? '')
    if (!found || !may(INTAKE_PERMISSIONS, actor, 'intake.read', found))
      throw new DomainError('intake.not_found', 'No such request')
    return intakeView(found)
  })
  return api
}

/** The form, and what to say aloud once it is saved. */
export function intakePages(services: IntakeRouteServices): PageRouter {
  const pages = createPageRouter()
  const guard = mayAct(INTAKE_PERMISSIONS, 'intake.register')

  pages.get('/intakes/new', { guard, audit: 'intake.form' }, ({ query, res }) => {
    const channel = query['channel'] ?? 'window'
    const id = query['draft']
    if (id === undefined)
      return Promise.resolve({ redirect: `/intakes/new?channel=${encodeURIComponent(channel)}&draft=${newId()}` })
    const draft = { id, channel, callSid: query['call'] }
    const values = { phone: query['phone'] ?? '' }
    return Promise.resolve({ view: 'intake/new', model: intakePage(presenterOf(res), draft, { values }) })
  })

  const again = (typed: Readonly<Record<string, unknown>>, res: object, more: object) => {
    const text = (name: string, otherwise: string): string =>
      typeof typed[name] === 'string' ? typed[name] : otherwise
    const draft = { id: text('draft', newId()), channel: text('channel', 'window'), callSid: text('callSid', '') }
    const present = presenterOf(res as Parameters<typeof presenterOf>[0])
    return { view: 'intake/new', model: intakePage(present, draft, { values: typed, ...more }) }
  }

  pages.post(
    '/intakes',
    { guard, audit: 'intake.register', form: intakePageSchema },
    async ({ form, res, by }) => {
      if (!form.ok) return { ...again(form.typed, res, { errors: form.errors }), status: 400 }
      const { no } = await registerIntake(services, form.values, by)
      return { redirect: `/intakes/${no}/saved` }
    },
    (refusal, { form, res }) => Promise.resolve(again(form.typed, res, { refusal })),
  )

  pages.get('/intakes/:no/saved', { guard, audit: 'intake.read' }, async ({ actor, params, res }) => {
    const found = await services.intakes.find(actor.county, params['no'] ?? '')
    if (!found || !may(INTAKE_PERMISSIONS, actor, 'intake.read', found))
      throw new DomainError('intake.not_found', 'No such request')
    const present = presenterOf(res)
    const held = found.caseNo === undefined ? null : await services.cases.find(actor.county, found.caseNo)
    const nameOf = await namesOf(services, actor.county)
    return {
      view: 'intake/saved',
      model: {
        title: present.t('intake:saved.title'),
        no: found.caseNo ?? found.no,
        caseHref: found.caseNo === undefined ? undefined : `/cases/${found.caseNo}`,
        sentence: held
          ? present.t(`intake:saved.${whatHappensTo(held)}`, {
              unit: nameOf(held.unit),
              name: nameOf(held.responsible.staffId),
            })
          : present.t('intake:saved.noted'),
        dueAt: held?.nearestDueAt,
        mustPlace: held?.state === 'RECEIVED',
        room: found.caseNo === undefined ? undefined : `case:${found.caseNo}`,
      },
    }
  })
  publicPages(services, pages)
  return pages
}

/** What the person at the door can say aloud about it. */
function whatHappensTo({ state, acknowledgedBy }: CaseRecord): 'triage' | 'routed' | 'taken' {
  if (acknowledgedBy !== undefined) return 'taken'
  return state === 'RECEIVED' ? 'triage' : 'routed'
}

/** A request as the API shows it: no texts, no phone; those stand with the case. */
function intakeView(found: IntakeRecord): object {
  const { no, channel, callType, urgency, tags, placeCode, needy, caseNo, personId, takenBy, receivedAt } = found
  return {
    no,
    channel,
    callType,
    urgency,
    tags,
    placeCode,
    needy,
    caseNo: caseNo ?? null,
    person: personId ?? null,
    takenBy,
    receivedAt: receivedAt.toISOString(),
  }
}
