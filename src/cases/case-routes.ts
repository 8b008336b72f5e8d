import type { Deadlines } from '../deadlines/index.ts'
import type { JournalReader } from '../journal/index.ts'
import type { HouseholdStore, PersonStore } from '../people/index.ts'
import type { ApiRouter, PageAnswer, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter, mayAct } from '../platform/http/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import { formView, presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import { filterFor, may } from '../shared/permissions.ts'
import type { CaseAnswer } from './act-on-case.ts'
import type { CaseRecord } from './case.ts'
import { caseStream } from './case.ts'
import { endEmergencySchema, feedbackSchema, listSchema, nothingSchema } from './case-forms.ts'
import { caseListPage } from './case-list-page.ts'
import { casePage } from './case-page.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import type { CaseSection } from './case-section.ts'
import type { CaseStore } from './case-store.ts'
import { caseView } from './case-view.ts'
import { closeCase } from './close-case.ts'
import { endEmergency } from './end-emergency.ts'
import { FEEDBACK_MEDIA, giveFeedback } from './give-feedback.ts'
import type { NameServices } from './names.ts'
import { namesOf } from './names.ts'
import { personLine } from './person-line.ts'
import { verifyCase } from './verify-case.ts'

type Actions = Parameters<typeof verifyCase>[0] &
  Parameters<typeof endEmergency>[0] &
  Parameters<typeof giveFeedback>[0] &
  Parameters<typeof closeCase>[0]

export interface CaseRouteServices extends Actions, NameServices {
  readonly cases: CaseStore
  readonly deadlines: Deadlines
  readonly journal: JournalReader
  readonly people: PersonStore
  readonly households: HouseholdStore
  readonly vault: FieldVault
  readonly clock: Clock
}

/** Cases under `/api/v1/cases`. */
export function casesApi(services: CaseRouteServices): ApiRouter {
  const api = createApiRouter()
  const read = mayAct(CASE_PERMISSIONS, 'case.read')

  api.get(
    '/cases',
    { summary: 'Cases this account may see', guard: read, audit: 'case.list', query: listSchema },
    async ({ actor, query }) => {
      const visible = filterFor(CASE_PERMISSIONS, actor, 'case.read')
      const where = { ...(query.unit ? { unit: query.unit } : {}), ...(query.state ? { state: query.state } : {}) }
      const list = query.order === 'due' ? services.cases.listOpen : services.cases.listNewest
      const { cases, next } = await list(actor.county, {
        visible,
        where,
        limit: query.limit,
        ...(query.after ? { after: query.after } : {}),
      })
      return { items: cases.map((found) => caseView(services.vault, found, [])), next: next ?? null }
    },
  )
  api.get('/cases/:no', { summary: 'One case', guard: read, audit: 'case.read' }, async ({ actor, params }) => {
    const found = await readable(services, actor, params['no'])
    return caseView(services.vault, found, await services.deadlines.allFor(actor.county, caseStream(found.no)))
  })
  api.post(
    '/cases/:no/verify',
    { summary: 'Begin to verify', guard: mayAct(CASE_PERMISSIONS, 'case.verify'), audit: 'case.verify' },
    ({ params, version, by }) => verifyCase(services, { no: params['no'] ?? '', version }, by),
  )
  api.post(
    '/cases/:no/end-emergency',
    {
      summary: 'Record or correct when the emergency ended',
      guard: mayAct(CASE_PERMISSIONS, 'case.end_emergency'),
      audit: 'case.end_emergency',
      body: endEmergencySchema,
    },
    ({ params, body, version, by }) => endEmergency(services, { no: params['no'] ?? '', version, ...body }, by),
  )
  api.post(
    '/cases/:no/feedback',
    {
      summary: 'Record that the caller was told',
      guard: mayAct(CASE_PERMISSIONS, 'case.give_feedback'),
      audit: 'case.give_feedback',
      body: feedbackSchema,
    },
    ({ params, body, version, by }) => giveFeedback(services, { no: params['no'] ?? '', version, ...body }, by),
  )
  api.post(
    '/cases/:no/close',
    { summary: 'Close a finished case', guard: mayAct(CASE_PERMISSIONS, 'case.close'), audit: 'case.close' },
    ({ params, version, by }) => closeCase(services, { no: params['no'] ?? '', version }, by),
  )
  return api
}

/** The officer's desk and the case file. Domains above hand in their sections. */
export function casesPages(services: CaseRouteServices, sections: readonly CaseSection[]): PageRouter {
  const pages = createPageRouter()
  const read = mayAct(CASE_PERMISSIONS, 'case.read')

  pages.get('/cases', { guard: read, audit: 'case.list' }, async ({ actor, query, res }) => {
    const visible = filterFor(CASE_PERMISSIONS, actor, 'case.read')
    const after = query['after']
    const page = await services.cases.listOpen(actor.county, { visible, limit: 20, ...(after ? { after } : {}) })
    return { view: 'cases/list', model: caseListPage(services.vault, page, actor, presenterOf(res)) }
  })

  pages.get('/cases/:no', { guard: read, audit: 'case.read' }, async ({ actor, params, res }) => {
    const found = await readable(services, actor, params['no'])
    const present = presenterOf(res)
    const stream = caseStream(found.no)
    const loaded = await Promise.all(
      sections.map(async ({ id, partial, load }) => {
        const part = await load(found, actor, present)
        return part ? [{ id, partial, ...part }] : []
      }),
    )
    const parts = {
      found,
      deadlines: await services.deadlines.allFor(actor.county, stream),
      lines: await services.journal.stream(actor.county, stream),
      nameOf: await namesOf(services, actor.county),
      person: await personLine(services, found, present),
      sections: loaded.flat(),
    }
    return { view: 'cases/case', model: casePage(services.vault, parts, actor, present) }
  })

  pages.post(
    '/cases/:no/verify',
    { guard: mayAct(CASE_PERMISSIONS, 'case.verify'), audit: 'case.verify', form: nothingSchema },
    ({ params, version, by }) => done(verifyCase(services, { no: params['no'] ?? '', version }, by), 'verified'),
  )
  pages.post(
    '/cases/:no/close',
    { guard: mayAct(CASE_PERMISSIONS, 'case.close'), audit: 'case.close', form: nothingSchema },
    ({ params, version, by }) => done(closeCase(services, { no: params['no'] ?? '', version }, by), 'closed'),
  )
  emergencyPages(services, pages)
  feedbackPages(services, pages)
  return pages
}

function emergencyPages(services: CaseRouteServices, pages: PageRouter): void {
  const guard = mayAct(CASE_PERMISSIONS, 'case.end_emergency')
  const show = async (actor: Actor, no: string | undefined, res: object, form: Parameters<typeof formView>[1] = {}) => {
    const found = await readable(services, actor, no)
    const present = presenterOf(res as Parameters<typeof presenterOf>[0])
    const values = { endedAt: present.fieldTime(found.emergency.endedAt ?? services.clock.now()), ...form.values }
    return {
      view: 'cases/end-emergency',
      model: {
        title: present.t('cases:endEmergency.title'),
        backHref: `/cases/${found.no}`,
        action: `/cases/${found.no}/emergency`,
        wasEnded: found.emergency.endedAt !== undefined,
        form: formView(present, { ...form, values, version: found.version }),
      },
    }
  }
  pages.get('/cases/:no/emergency', { guard, audit: 'case.end_emergency' }, ({ actor, params, res }) =>
    show(actor, params['no'], res),
  )
  pages.post(
    '/cases/:no/emergency',
    { guard, audit: 'case.end_emergency', form: endEmergencySchema },
    async ({ actor, params, res, form, version, by }) => {
      if (!form.ok)
        return { ...(await show(actor, params['no'], res, { values: form.typed, errors: form.errors })), status: 400 }
      return done(endEmergency(services, { no: params['no'] ?? '', version, ...form.values }, by), 'emergencyEnded')
    },
    (refusal, { actor, params, res, form }) => show(actor, params['no'], res, { values: form.typed, refusal }),
  )
}

function feedbackPages(services: CaseRouteServices, pages: PageRouter): void {
  const guard = mayAct(CASE_PERMISSIONS, 'case.give_feedback')
  const show = async (actor: Actor, no: string | undefined, res: object, form: Parameters<typeof formView>[1] = {}) => {
    const found = await readable(services, actor, no)
    const present = presenterOf(res as Parameters<typeof presenterOf>[0])
    return {
      view: 'cases/feedback',
      model: {
        title: present.t('cases:feedback.title'),
        backHref: `/cases/${found.no}`,
        action: `/cases/${found.no}/feedback`,
        media: FEEDBACK_MEDIA.map((value) => ({ value, text: present.t(`cases:medium.${value}`) })),
        form: formView(present, { ...form, version: found.version }),
      },
    }
  }
  pages.get('/cases/:no/feedback', { guard, audit: 'case.give_feedback' }, ({ actor, params, res }) =>
    show(actor, params['no'], res),
  )
  pages.post(
    '/cases/:no/feedback',
    { guard, audit: 'case.give_feedback', form: feedbackSchema },
    async ({ actor, params, res, form, version, by }) => {
      if (!form.ok)
        return { ...(await show(actor, params['no'], res, { values: form.typed, errors: form.errors })), status: 400 }
      return done(giveFeedback(services, { no: params['no'] ?? '', version, ...form.values }, by), 'fedBack')
    },
    (refusal, { actor, params, res, form }) => show(actor, params['no'], res, { values: form.typed, refusal }),
  )
}

/** @throws DomainError `case.not_found`, also for a case the actor may not see: its existence is no business of theirs */
async function readable(services: CaseRouteServices, actor: Actor, no = ''): Promise<CaseRecord> {
  const found = await services.cases.find(actor.county, no)
  if (!found || !may(CASE_PERMISSIONS, actor, 'case.read', found))
    throw new DomainError('case.not_found', `No case ${no}`, { no })
  return found
}

/** Back to the case, saying what was done. */
async function done(answer: Promise<CaseAnswer>, said: string): Promise<PageAnswer> {
  const { no } = await answer
  return { redirect: `/cases/${no}`, flash: { key: `cases:said.${said}`, params: { no } } }
}
