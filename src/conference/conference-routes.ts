import { z } from 'zod'
import type { CaseSection, NameServices } from '../cases/index.ts'
import { namesOf } from '../cases/index.ts'
import type { ApiRouter, PageAnswer, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter, mayAct } from '../platform/http/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView, presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { filterFor, may } from '../shared/permissions.ts'
import { conferenceSectionModel } from './case-section.ts'
import { opinionSchema, proposeSchema, resolutionSchema, returnSchema, scheduleSchema } from './conference-forms.ts'
import { itemPage, queuePage } from './conference-page.ts'
import { CONFERENCE_PERMISSIONS, PROPOSE_PERMISSIONS } from './conference-permissions.ts'
import type { ConveneServices } from './convene.ts'
import { openItem, returnItem, scheduleItem } from './convene.ts'
import { giveOpinion } from './give-opinion.ts'
import { itemView } from './item-view.ts'
import type { ProposeServices } from './propose.ts'
import { proposeCase } from './propose.ts'
import { opinionPageSchema, resolutionPageSchema } from './conference-page-forms.ts'
import { resolveItem } from './resolve.ts'
import { TRIGGERS } from './item.ts'

export type ConferenceRouteServices = ProposeServices & ConveneServices & NameServices

/** Every state a board shows. */
const SHOWN = ['QUEUED', 'SCHEDULED', 'IN_SESSION', 'RESOLVED'] as const

/** The queue under `/conference-items`, the meeting's work under `/conferences`. */
export function conferenceApi(services: ConferenceRouteServices): ApiRouter {
  const api = createApiRouter()
  const read = mayAct(CONFERENCE_PERMISSIONS, 'conference.read')
  const id = (params: Record<string, string>): string => params['id'] ?? ''
  const proposeApiSchema = proposeSchema.extend({ caseNo: z.string() })

  api.get('/conference-items', { summary: 'The queue', guard: read, audit: 'conference.list' }, async ({ actor }) => {
    const visible = filterFor(CONFERENCE_PERMISSIONS, actor, 'conference.read')
    return { items: (await services.conferences.list(actor.county, visible, SHOWN, 200)).map(itemView) }
  })
  api.get(
    '/conference-items/:id',
    { summary: 'One case of the conference', guard: read, audit: 'conference.read' },
    async ({ actor, params }) => itemView(await readable(services, actor, id(params))),
  )
  api.post(
    '/conference-items',
    {
      summary: 'Put a case before the conference',
      guard: mayAct(PROPOSE_PERMISSIONS, 'conference.propose'),
      audit: 'conference.propose',
      body: proposeApiSchema,
      status: 201,
    },
    ({ body, by }) => proposeCase(services, { no: body.caseNo, trigger: body.trigger, reason: body.reason }, by),
  )
  api.post(
    '/conference-items/:id/schedule',
    {
      summary: 'Set the meeting and call departments',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.schedule'),
      audit: 'conference.schedule',
      body: scheduleSchema,
    },
    ({ params, body, version, by }) => scheduleItem(services, { id: id(params), version, ...body }, by),
  )
  api.post(
    '/conference-items/:id/return',
    {
      summary: 'Send a case back with a reason',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.return'),
      audit: 'conference.return',
      body: returnSchema,
    },
    ({ params, body, version, by }) => returnItem(services, { id: id(params), version, ...body }, by),
  )
  api.post(
    '/conferences/:id/open',
    {
      summary: 'Take up the case in the meeting',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.open'),
      audit: 'conference.open',
    },
    ({ params, version, by }) => openItem(services, { id: id(params), version }, by),
  )
  api.post(
    '/conferences/:id/opinions',
    {
      summary: 'A department’s opinion and offer',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.opine'),
      audit: 'conference.opine',
      body: opinionSchema,
      status: 201,
    },
    ({ params, body, by }) => giveOpinion(services, { id: id(params), ...body }, by),
  )
  api.post(
    '/conferences/:id/resolution',
    {
      summary: 'Record what was decided',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.resolve'),
      audit: 'conference.resolve',
      body: resolutionSchema,
      status: 201,
    },
    ({ params, body, version, by }) => resolveItem(services, { id: id(params), version, ...body }, by),
  )
  return api
}

/** The board, the case's page for the meeting, and the form that proposes. */
export function conferencePages(services: ConferenceRouteServices): PageRouter {
  const pages = createPageRouter()
  const read = mayAct(CONFERENCE_PERMISSIONS, 'conference.read')

  pages.get('/conference', { guard: read, audit: 'conference.list' }, async ({ actor, res }) => {
    const visible = filterFor(CONFERENCE_PERMISSIONS, actor, 'conference.read')
    const items = await services.conferences.list(actor.county, visible, SHOWN, 200)
    return {
      view: 'conference/queue',
      model: queuePage(items, actor.county, presenterOf(res), await namesOf(services, actor.county)),
    }
  })
  const show = async (actor: Actor, id: string, present: Presenter, form: FormParts = {}): Promise<PageAnswer> => {
    const item = await readable(services, actor, id)
    const found = await services.cases.find(actor.county, item.caseNo)
    if (!found) throw new DomainError('case.not_found', `No case ${item.caseNo}`, { no: item.caseNo })
    const nameOf = await namesOf(services, actor.county)
    return { view: 'conference/item', model: itemPage(services.vault, item, found, actor, present, nameOf, form) }
  }
  pages.get('/conference/:id', { guard: read, audit: 'conference.read' }, ({ actor, params, res }) =>
    show(actor, params['id'] ?? '', presenterOf(res)),
  )

  /** A form on the item's page: shown again with what is wrong, or done and back to the page. */
  const form = <Values>(
    path: string,
    action: Parameters<typeof mayAct<keyof typeof CONFERENCE_PERMISSIONS>>[1],
    schema: z.ZodType<Values>,
    said: string,
    act: (
      id: string,
      values: Values,
      version: number | undefined,
      by: Parameters<typeof openItem>[2],
    ) => Promise<unknown>,
  ): void => {
    pages.post<Values>(
      `/conference/:id/${path}`,
      { guard: mayAct(CONFERENCE_PERMISSIONS, action), audit: action, form: schema },
      async ({ actor, params, res, form: filled, version, by }) => {
        const id = params['id'] ?? ''
        if (!filled.ok)
          return {
            ...(await show(actor, id, presenterOf(res), { values: filled.typed, errors: filled.errors })),
            status: 400,
          }
        await act(id, filled.values, version, by)
        return { redirect: `/conference/${id}`, flash: { key: `conference:said.${said}` } }
      },
      (refusal, { actor, params, res, form: filled }) =>
        show(actor, params['id'] ?? '', presenterOf(res), { values: filled.typed, refusal }),
    )
  }
  form('schedule', 'conference.schedule', scheduleSchema, 'scheduled', (id, values, version, by) =>
    scheduleItem(services, { id, version, ...values }, by),
  )
  form('return', 'conference.return', returnSchema, 'returned', (id, values, version, by) =>
    returnItem(services, { id, version, ...values }, by),
  )
  form('open', 'conference.open', z.object({}), 'opened', (id, _values, version, by) =>
    openItem(services, { id, version }, by),
  )
  form('opinions', 'conference.opine', opinionPageSchema, 'opined', (id, values, _version, by) =>
    giveOpinion(services, { id, ...values }, by),
  )
  form('resolution', 'conference.resolve', resolutionPageSchema, 'resolved', (id, values, version, by) =>
    resolveItem(services, { id, version, ...values }, by),
  )
  proposePages(services, pages)
  return pages
}

/** What the case page shows of the conference. */
export function conferenceSection(services: ConferenceRouteServices): CaseSection {
  return {
    id: 'conference',
    partial: 'conference/sections/case',
    load: async (found, actor, present) =>
      conferenceSectionModel(found, await services.conferences.ofCase(found.county, found.no), actor, present),
  }
}

function proposePages(services: ConferenceRouteServices, pages: PageRouter): void {
  const guard = mayAct(PROPOSE_PERMISSIONS, 'conference.propose')
  const show = (no: string, present: Presenter, form: FormParts = {}): Promise<PageAnswer> =>
    Promise.resolve({
      view: 'conference/propose',
      model: {
        title: present.t('conference:propose.title'),
        backHref: `/cases/${no}`,
        action: `/cases/${no}/propose`,
        triggers: TRIGGERS.map((value) => ({ value, text: present.t(`conference:trigger.${value}`) })),
        form: formView(present, form),
      },
    })
  pages.get('/cases/:no/propose', { guard, audit: 'conference.propose' }, ({ params, res }) =>
    show(params['no'] ?? '', presenterOf(res)),
  )
  pages.post(
    '/cases/:no/propose',
    { guard, audit: 'conference.propose', form: proposeSchema },
    async ({ params, res, form, by }) => {
      const no = params['no'] ?? ''
      if (!form.ok)
        return { ...(await show(no, presenterOf(res), { values: form.typed, errors: form.errors })), status: 400 }
      await proposeCase(services, { no, ...form.values }, by)
      return { redirect: `/cases/${no}`, flash: { key: 'conference:said.proposed' } }
    },
    (refusal, { params, res, form }) => show(params['no'] ?? '', presenterOf(res), { values: form.typed, refusal }),
  )
}

/** @throws DomainError `conference.not_found`, also for an item the actor may not see */
async function readable(services: ConferenceRouteServices, actor: Actor, id: string) {
  const item = await services.conferences.find(actor.county, id)
  if (!item || !may(CONFERENCE_PERMISSIONS, actor, 'conference.read', item))
    throw new DomainError('conference.not_found', 'No such item')
  return item
}
