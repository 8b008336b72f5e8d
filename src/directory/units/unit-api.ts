import type { ApiRouter } from '../../platform/http/index.ts'
import { mayAct, signedIn } from '../../platform/http/index.ts'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import { isOver } from '../validity.ts'
import { addUnit } from './add-unit.ts'
import { editUnit } from './edit-unit.ts'
import type { EndUnitServices } from './end-unit.ts'
import { endUnit } from './end-unit.ts'
import { editUnitSchema, newUnitSchema, unitListSchema } from './unit-forms.ts'
import { unitPermissions } from './unit-permissions.ts'
import { unitView } from './unit-view.ts'

export interface UnitRouteServices extends EndUnitServices {
  readonly clock: Clock
}

/** Units under `/api/v1/units`. */
export function unitApi(api: ApiRouter, services: UnitRouteServices): void {
  const { units, clock } = services
  const guard = mayAct(unitPermissions, 'unit.edit')

  api.get(
    '/units',
    { summary: 'Units of the county', guard: signedIn, audit: 'unit.list', query: unitListSchema },
    async ({ actor, query }) => {
      const { all } = await units.book(actor.county)
      const shown = all.filter((unit) => query.kind === undefined || unit.kind === query.kind)
      const open = shown.filter((unit) => query.state === 'all' || !isOver(unit, clock.now()))
      return { items: open.map(unitView), next: null }
    },
  )
  api.get('/units/:id', { summary: 'One unit', guard: signedIn, audit: 'unit.read' }, async ({ actor, params }) => {
    const unit = await units.find(actor.county, params['id'] ?? '')
    if (!unit) throw new DomainError('unit.not_found', 'No such unit')
    return unitView(unit)
  })
  api.post(
    '/units',
    { summary: 'Add a unit', guard, audit: 'unit.add', body: newUnitSchema, status: 201 },
    ({ body: { id, validFrom, ...unit }, by }) =>
      addUnit(services, { _id: id, ...unit, validFrom: validFrom ?? clock.now() }, by),
  )
  api.put(
    '/units/:id',
    { summary: 'Change a unit', guard, audit: 'unit.edit', body: editUnitSchema, versioned: true },
    ({ params, body, version = 0, by }) => editUnit(services, { id: params['id'] ?? '', version, change: body }, by),
  )
  api.post(
    '/units/:id/end',
    { summary: 'End a unit', guard, audit: 'unit.end', versioned: true },
    ({ params, version = 0, by }) => endUnit(services, { id: params['id'] ?? '', version }, by),
  )
}
