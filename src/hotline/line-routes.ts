import { z } from 'zod'
import type { NameServices } from '../cases/index.ts'
import { namesOf } from '../cases/index.ts'
import type { ApiRouter, PageContext, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter, mayAct } from '../platform/http/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { newId } from '../shared/ids.ts'
import type { CallRecord } from './call.ts'
import type { CallStore } from './call-store.ts'
import { finishCallback } from './finish-callback.ts'
import { linePage } from './line-page.ts'
import { LINE_PERMISSIONS } from './line-permissions.ts'
import { lineOf } from './menu.ts'
import type { ScreenPopServices } from './screen-pop.ts'
import { screenPop } from './screen-pop.ts'

/** The hands on the local exchange; absent where Twilio or desk phones are used. */
export interface LinePhone {
  answer(line: string, callSid: string): Promise<void>
  hangUp(line: string): Promise<void>
}

export interface LineRouteServices extends ScreenPopServices, NameServices {
  readonly calls: CallStore
  readonly linePhone: LinePhone | undefined
  readonly inTransaction: Parameters<typeof finishCallback>[0]['inTransaction']
}

/** Calls and callbacks of the own line under `/api/v1`. */
export function hotlineApi(services: LineRouteServices): ApiRouter {
  const api = createApiRouter()
  const guard = mayAct(LINE_PERMISSIONS, 'line.work')
  api.get('/calls', { summary: 'Calls that ring or are spoken', guard, audit: 'call.list' }, async ({ actor }) => {
    const live = await services.calls.live(actor.county, lineUnit(actor))
    return {
      items: live.map(({ sid, line, state, startedAt, answeredBy }) => ({
        sid,
        line,
        state,
        startedAt,
        answeredBy: answeredBy ?? null,
      })),
    }
  })
  api.get('/callbacks', { summary: 'People we owe a call', guard, audit: 'callback.list' }, async ({ actor }) => {
    const open = await services.calls.openCallbacks(actor.county, lineUnit(actor))
    return { items: open.map(({ id, line, reason, staffId, dueAt }) => ({ id, line, reason, staffId, dueAt })) }
  })
  api.post(
    '/callbacks/:id/done',
    { summary: 'The person was called back', guard: mayAct(LINE_PERMISSIONS, 'callback.done'), audit: 'callback.done' },
    ({ params, by }) => finishCallback(services, { id: params['id'] ?? '' }, by),
  )
  return api
}

/** The operator's desk. */
export function hotlinePages(services: LineRouteServices): PageRouter {
  const pages = createPageRouter()
  const guard = mayAct(LINE_PERMISSIONS, 'line.work')
  const nothing = z.object({})

  pages.get('/line', { guard, audit: 'line.desk' }, (context) => showDesk(services, context))
  pages.post('/line/calls/:sid/answer', { guard, audit: 'call.answer', form: nothing }, async ({ actor, params }) => {
    await services.linePhone?.answer(lineOf(actor.account), params['sid'] ?? '')
    return { redirect: `/line?call=${params['sid'] ?? ''}` }
  })
  pages.post('/line/calls/:sid/hang-up', { guard, audit: 'call.hang_up', form: nothing }, async ({ actor, params }) => {
    await services.linePhone?.hangUp(lineOf(actor.account))
    return { redirect: `/line?call=${params['sid'] ?? ''}` }
  })
  pages.post(
    '/line/callbacks/:id/done',
    { guard: mayAct(LINE_PERMISSIONS, 'callback.done'), audit: 'callback.done', form: nothing },
    async ({ params, by }) => {
      await finishCallback(services, { id: params['id'] ?? '' }, by)
      return { redirect: '/line', flash: { key: 'hotline:said.calledBack' } }
    },
  )
  return pages
}

async function showDesk(services: LineRouteServices, { actor, query, res }: PageContext) {
  const line = lineUnit(actor)
  const live = await services.calls.live(actor.county, line)
  const current = await currentCall(services, actor, query['call'], live)
  const parts = {
    line,
    live,
    callbacks: await services.calls.openCallbacks(actor.county, line),
    current,
    popped: await screenPop(services, actor.county, current?.personIds ?? []),
    draftId: query['draft'] ?? newId(),
    nameOf: await namesOf(services, actor.county),
    canAnswerHere: services.linePhone !== undefined,
  }
  return { view: 'hotline/line', model: linePage(services.vault, parts, actor, presenterOf(res)) }
}

/** The call that was opened, the one this operator is on, or the one that rings longest. */
async function currentCall(
  services: LineRouteServices,
  actor: Actor,
  sid: string | undefined,
  live: readonly CallRecord[],
): Promise<CallRecord | undefined> {
  const opened = sid === undefined ? null : await services.calls.find(actor.county, sid)
  if (opened && opened.line === lineUnit(actor)) return opened
  return live.find(({ answeredBy }) => answeredBy === actor.staffId) ?? live.find(({ state }) => state === 'RINGING')
}

/** The line a person works at. */
function lineUnit(actor: Actor): string {
  return actor.roles.find(({ role }) => role === 'operator' || role === 'hotline_supervisor')?.unit ?? actor.unit
}
