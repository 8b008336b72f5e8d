import { URGENCIES } from '../cases/index.ts'
import type { FormParts } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import { CALL_TYPES, NEED_TAGS, NEEDY } from './intake.ts'
import { FIELD_OF_PATH } from './intake-page-form.ts'

/** Which draft of which door is shown; several people may wait at one counter. */
export interface Draft {
  readonly id: string
  readonly channel: string
  readonly callSid?: string | undefined
}

/** The form that registers a request, for the hotline's desk and the window alike. */
export function intakeForm(present: Presenter, draft: Draft, form: FormParts = {}): object {
  const { t } = present
  const option = (group: string) => (value: string) => ({ value, text: t(`intake:${group}.${value}`) })
  const errors = Object.fromEntries(
    Object.entries(form.errors ?? {}).map(([path, key]) => [FIELD_OF_PATH[path] ?? path, key]),
  )
  return {
    draft: `intake:${draft.id}`,
    channel: draft.channel,
    callSid: draft.callSid,
    form: formView(present, {
      ...form,
      errors,
      values: { urgency: 'P1', callType: 'HELP', needy: 'unknown', ...form.values },
    }),
    urgencies: URGENCIES.map((value) => ({ value, urgency: value, hint: t(`intake:urgencyQuestion.${value}`) })),
    callTypes: CALL_TYPES.map(option('callType')),
    needy: NEEDY.map(option('needy')),
    tags: NEED_TAGS.map(option('tag')),
  }
}

/** What stands on the page of a walk-in request. */
export function intakePage(present: Presenter, draft: Draft, form: FormParts = {}): object {
  return {
    title: present.t('intake:new.title'),
    intake: intakeForm(present, draft, form),
    newDraftHref: `/intakes/new?channel=${encodeURIComponent(draft.channel)}`,
  }
}
