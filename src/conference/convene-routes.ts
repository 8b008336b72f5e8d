import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { reasonSchema, scheduleSchema } from './conference-forms.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'
import { scheduleItem } from './convene.ts'
import { schedulePart } from './item-form-page.ts'
import { itemForm } from './item-forms.ts'
import { itemPress } from './item-press.ts'
import type { ReturnServices } from './judge-proposal.ts'
import { acceptItem, returnItem } from './judge-proposal.ts'
import type { ReadItemServices } from './read-item.ts'

/** From the proposal to the meeting: accepted or sent back, set, departments called. */
export function conveneApi(services: ReturnServices, api: ApiRouter): void {
  api.post(
    '/conference-items/:id/accept',
    {
      summary: 'Accept a case for the conference',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.accept'),
      audit: 'conference.accept',
    },
    ({ params, version, by }) => acceptItem(services, { id: params['id'] ?? '', version }, by),
  )
  api.post(
    '/conference-items/:id/return',
    {
      summary: 'Send a case back with a reason',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.return'),
      audit: 'conference.return',
      body: reasonSchema,
    },
    ({ params, body, version, by }) => returnItem(services, { id: params['id'] ?? '', version, ...body }, by),
  )
  api.post(
    '/conference-items/:id/schedule',
    {
      summary: 'Set the meeting and call departments',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.schedule'),
      audit: 'conference.schedule',
      body: scheduleSchema,
    },
    ({ params, body, version, by }) => scheduleItem(services, { id: params['id'] ?? '', version, ...body }, by),
  )
}

/** The same as buttons and forms. */
export function convenePages(services: ReturnServices & ReadItemServices, pages: PageRouter): void {
  itemPress(pages, { path: 'accept', action: 'conference.accept', said: 'accepted' }, (on, by) =>
    acceptItem(services, on, by),
  )
  itemForm(services, pages, {
    path: 'return',
    action: 'conference.return',
    schema: reasonSchema,
    said: 'returned',
    act: (on, { reason }, by) => returnItem(services, { ...on, reason }, by),
  })
  itemForm(services, pages, {
    path: 'schedule',
    action: 'conference.schedule',
    schema: scheduleSchema,
    said: 'scheduled',
    part: (item, _present, nameOf) => schedulePart(item, nameOf),
    values: ({ meetingAt, calledUnits }, present) => ({
      meetingAt: meetingAt && present.fieldTime(meetingAt),
      units: calledUnits,
    }),
    act: (on, values, by) => scheduleItem(services, { ...on, ...values }, by),
  })
}
