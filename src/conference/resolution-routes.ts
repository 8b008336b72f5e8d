import { namesOf } from '../cases/index.ts'
import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import { DomainError } from '../shared/errors.ts'
import { resolutionSchema } from './conference-forms.ts'
import { resolutionPageSchema } from './conference-page-forms.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'
import { resolutionPart } from './item-form-page.ts'
import { itemForm } from './item-forms.ts'
import { itemTexts } from './item-texts.ts'
import type { ReadItemServices } from './read-item.ts'
import { readableItem } from './read-item.ts'
import { minutesPage } from './resolution-page.ts'
import type { ResolveServices } from './resolve.ts'
import { resolveItem } from './resolve.ts'

/** Files what was decided. There is no command that changes it. */
export function resolutionApi(services: ResolveServices, api: ApiRouter): void {
  api.post(
    '/conferences/:id/resolution',
    {
      summary: 'Record what was decided',
      guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.resolve'),
      audit: 'conference.resolve',
      body: resolutionSchema,
      status: 201,
    },
    ({ params, body, version, by }) => resolveItem(services, { id: params['id'] ?? '', version, ...body }, by),
  )
}

/** The form in which the secretary composes it, and the minutes on paper. */
export function resolutionPages(services: ResolveServices & ReadItemServices, pages: PageRouter): void {
  itemForm(services, pages, {
    path: 'resolution',
    action: 'conference.resolve',
    schema: resolutionPageSchema,
    said: 'resolved',
    part: (item, present, nameOf) => resolutionPart(item, itemTexts(services.vault, item), present, nameOf),
    act: (on, values, by) => resolveItem(services, { ...on, ...values }, by),
  })
  pages.get(
    '/conference/:id/minutes',
    { guard: mayAct(CONFERENCE_PERMISSIONS, 'conference.read'), audit: 'conference.minutes' },
    async ({ actor, params, res }) => {
      const item = await readableItem(services, actor, params['id'])
      if (!item.resolution) throw new DomainError('conference.not_resolved', 'Nothing is resolved yet')
      const nameOf = await namesOf(services, actor.county)
      return {
        view: 'conference/minutes',
        model: minutesPage(item, itemTexts(services.vault, item), presenterOf(res), nameOf),
        layout: 'print',
      }
    },
  )
}
