import type { ApiRouter } from '../../platform/http/index.ts'
import { mayAct, signedIn } from '../../platform/http/index.ts'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import { unitPermissions } from '../units/unit-permissions.ts'
import { hotlineSchema } from './hotline-forms.ts'
import { hotlineView } from './hotline-view.ts'
import type { HotlineServices } from './keep-hotlines.ts'
import { addHotline, editHotline, endHotline } from './keep-hotlines.ts'

export interface HotlineRouteServices extends HotlineServices {
  readonly clock: Clock
}

/** Hotlines under `/api/v1/hotlines`. */
export function hotlineApi(api: ApiRouter, services: HotlineRouteServices): void {
  const { hotlines } = services
  const guard = mayAct(unitPermissions, 'hotline.edit')

  api.get(
    '/hotlines',
    { summary: 'Hotlines of the county', guard: signedIn, audit: 'hotline.list' },
    async ({ actor }) => {
      const lines = await hotlines.list(actor.county)
      return { items: lines.map(hotlineView), next: null }
    },
  )
  api.get(
    '/hotlines/:id',
    { summary: 'One hotline', guard: signedIn, audit: 'hotline.read' },
    async ({ actor, params }) => {
      const line = await hotlines.find(actor.county, params['id'] ?? '')
      if (!line) throw new DomainError('hotline.not_found', 'No such hotline')
      return hotlineView(line)
    },
  )
  api.post(
    '/hotlines',
    { summary: 'Add a hotline', guard, audit: 'hotline.add', body: hotlineSchema, status: 201 },
    ({ body, by }) => addHotline(services, body, by),
  )
  api.put(
    '/hotlines/:id',
    { summary: 'Change a hotline', guard, audit: 'hotline.edit', body: hotlineSchema, versioned: true },
    ({ params, body, version = 0, by }) => editHotline(services, { id: params['id'] ?? '', version, change: body }, by),
  )
  api.post(
    '/hotlines/:id/end',
    { summary: 'Close a hotline', guard, audit: 'hotline.end', versioned: true },
    ({ params, version = 0, by }) => endHotline(services, { id: params['id'] ?? '', version }, by),
  )
}
