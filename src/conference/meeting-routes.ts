import type { Deadlines } from '../deadlines/index.ts'
import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import type { ConferenceServices } from './act-on-item.ts'
import { opinionSchema, reasonSchema } from './conference-forms.ts'
import { opinionPageSchema } from './conference-page-forms.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'
import { openItem } from './convene.ts'
import { declareInterest } from './declare-interest.ts'
import { giveOpinion } from './give-opinion.ts'
import { opinionPart } from './item-form-page.ts'
import { itemForm } from './item-forms.ts'
import { itemPress } from './item-press.ts'
import type { ReadItemServices } from './read-item.ts'

export type MeetingServices = ConferenceServices & ReadItemServices & { readonly deadlines: Deadlines }

/** The meeting: opened by the chair, what departments say, who stands back. */
export function meetingApi(services: MeetingServices, api: ApiRouter): void {
  api.post(
    '/conferences/:id/open',
    {
      summary: 'Open the meeting on a case',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.open'),
      audit: 'conference.open',
    },
    ({ params, version, by }) => openItem(services, { id: params['id'] ?? '', version }, by),
  )
  api.post(
    '/conferences/:id/opinions',
    {
      summary: 'Where a department stands and what it offers',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.opine'),
      audit: 'conference.opine',
      body: opinionSchema,
      status: 201,
    },
    ({ params, body, by }) => giveOpinion(services, { id: params['id'] ?? '', ...body }, by),
  )
  api.post(
    '/conferences/:id/interests',
    {
      summary: 'Declare kinship or another interest; the person then has no voice',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.declare_interest'),
      audit: 'conference.declare_interest',
      body: reasonSchema,
      status: 201,
    },
    ({ params, body, by }) => declareInterest(services, { id: params['id'] ?? '', ...body }, by),
  )
}

/** The same as buttons and forms. */
export function meetingPages(services: MeetingServices, pages: PageRouter): void {
  itemPress(pages, { path: 'open', action: 'conference.open', said: 'opened' }, (on, by) => openItem(services, on, by))
  itemForm(services, pages, {
    path: 'opinion',
    action: 'conference.opine',
    schema: opinionPageSchema,
    said: 'opined',
    part: (_item, present) => opinionPart(present),
    act: ({ id }, values, by) => giveOpinion(services, { id, ...values }, by),
  })
  itemForm(services, pages, {
    path: 'interest',
    action: 'conference.declare_interest',
    schema: reasonSchema,
    said: 'declared',
    act: ({ id }, { reason }, by) => declareInterest(services, { id, reason }, by),
  })
}
