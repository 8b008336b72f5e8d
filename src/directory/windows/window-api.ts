import { z } from 'zod'
import type { ApiRouter } from '../../platform/http/index.ts'
import { mayAct, signedIn } from '../../platform/http/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { unitPermissions } from '../units/unit-permissions.ts'
import type { WindowServices } from './keep-windows.ts'
import { addWindow, editWindow, endWindow } from './keep-windows.ts'
import { windowSchema } from './window-forms.ts'
import { windowView } from './window-view.ts'

const listSchema = z.object({ unit: z.string().max(60).optional() })

/** Windows under `/api/v1/windows`. */
export function windowApi(api: ApiRouter, services: WindowServices): void {
  const { windows } = services
  const guard = mayAct(unitPermissions, 'window.edit')

  api.get(
    '/windows',
    { summary: 'Windows of the county', guard: signedIn, audit: 'window.list', query: listSchema },
    async ({ actor, query }) => ({
      items: (await windows.list(actor.county, query.unit)).map(windowView),
      next: null,
    }),
  )
  api.get(
    '/windows/:id',
    { summary: 'One window', guard: signedIn, audit: 'window.read' },
    async ({ actor, params }) => {
      const window = await windows.find(actor.county, params['id'] ?? '')
      if (!window) throw new DomainError('window.not_found', 'No such window')
      return windowView(window)
    },
  )
  api.post(
    '/windows',
    { summary: 'Add a window', guard, audit: 'window.add', body: windowSchema, status: 201 },
    ({ body, by }) => addWindow(services, body, by),
  )
  api.put(
    '/windows/:id',
    { summary: 'Change a window', guard, audit: 'window.edit', body: windowSchema, versioned: true },
    ({ params, body, version = 0, by }) => editWindow(services, { id: params['id'] ?? '', version, change: body }, by),
  )
  api.post(
    '/windows/:id/end',
    { summary: 'Close a window for good', guard, audit: 'window.end', versioned: true },
    ({ params, version = 0, by }) => endWindow(services, { id: params['id'] ?? '', version }, by),
  )
}
