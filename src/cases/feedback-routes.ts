import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { formView, presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { caseDone } from './case-done.ts'
import { feedbackSchema } from './case-forms.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import { FEEDBACK_MEDIA, giveFeedback } from './give-feedback.ts'
import { readableCase } from './read-case.ts'

export type FeedbackRouteServices = Parameters<typeof giveFeedback>[0]

/** The caller was told how it ended. */
export function feedbackApi(services: FeedbackRouteServices, api: ApiRouter): void {
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
}

/** The same as a form. */
export function feedbackPages(services: FeedbackRouteServices, pages: PageRouter): void {
  const guard = mayAct(CASE_PERMISSIONS, 'case.give_feedback')
  const show = async (actor: Actor, no: string | undefined, res: object, form: Parameters<typeof formView>[1] = {}) => {
    const found = await readableCase(services, actor, no)
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
      return caseDone(giveFeedback(services, { no: params['no'] ?? '', version, ...form.values }, by), 'fedBack')
    },
    (refusal, { actor, params, res, form }) => show(actor, params['no'], res, { values: form.typed, refusal }),
  )
}
