import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { formView, presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { caseDone } from './case-done.ts'
import { endEmergencySchema } from './case-forms.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import { endEmergency } from './end-emergency.ts'
import { readableCase } from './read-case.ts'

export type EmergencyRouteServices = Parameters<typeof endEmergency>[0] & { readonly clock: Clock }

/** When the emergency ended, or ended after all at another time. */
export function emergencyApi(services: EmergencyRouteServices, api: ApiRouter): void {
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
}

/** The same as a form. */
export function emergencyPages(services: EmergencyRouteServices, pages: PageRouter): void {
  const guard = mayAct(CASE_PERMISSIONS, 'case.end_emergency')
  const show = async (actor: Actor, no: string | undefined, res: object, form: Parameters<typeof formView>[1] = {}) => {
    const found = await readableCase(services, actor, no)
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
      return caseDone(endEmergency(services, { no: params['no'] ?? '', version, ...form.values }, by), 'emergencyEnded')
    },
    (refusal, { actor, params, res, form }) => show(actor, params['no'], res, { values: form.typed, refusal }),
  )
}
