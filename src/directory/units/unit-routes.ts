import type { FormParts } from '../../platform/views/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import type { PageAnswer, PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { nothing } from '../fields.ts'
import { addUnit } from './add-unit.ts'
import { editUnit } from './edit-unit.ts'
import { endUnit } from './end-unit.ts'
import type { UnitRouteServices } from './unit-api.ts'
import { editUnitSchema, newUnitSchema } from './unit-forms.ts'
import { newUnitPage, unitListPage, unitPage } from './unit-page.ts'
import { unitPermissions } from './unit-permissions.ts'

/** The administrator's pages of units. */
export function unitPages(pages: PageRouter, services: UnitRouteServices): void {
  const { units, clock } = services
  const guard = mayAct(unitPermissions, 'unit.edit')

  pages.get('/admin/units', { guard, audit: 'unit.list' }, async ({ actor, res }) => ({
    view: 'directory/units',
    model: unitListPage(await units.book(actor.county), presenterOf(res)),
  }))

  pages.get('/admin/units/new', { guard, audit: 'unit.form' }, (context) => showNew(context))

  pages.post(
    '/admin/units',
    { guard, audit: 'unit.add', form: newUnitSchema },
    async (context) => {
      const { form, by } = context
      if (!form.ok) return { ...(await showNew(context, { values: form.typed, errors: form.errors })), status: 400 }
      const { id, validFrom, ...unit } = form.values
      const added = await addUnit(services, { _id: id, ...unit, validFrom: validFrom ?? clock.now() }, by)
      return {
        redirect: '/admin/units',
        flash: { key: 'directory:flash.unitAdded', params: { name: added.shortName } },
      }
    },
    (refusal, context) => showNew(context, { values: context.form.typed, refusal }),
  )

  pages.get('/admin/units/:id', { guard, audit: 'unit.read' }, (context) => show(context))

  pages.post(
    '/admin/units/:id',
    { guard, audit: 'unit.edit', form: editUnitSchema },
    async (context) => {
      const { form, params, by, version = 0 } = context
      if (!form.ok) return { ...(await show(context, { values: form.typed, errors: form.errors })), status: 400 }
      await editUnit(services, { id: params['id'] ?? '', version, change: form.values }, by)
      return { redirect: `/admin/units/${params['id'] ?? ''}`, flash: { key: 'directory:flash.saved' } }
    },
    (refusal, context) =>
      show(context, refusal.code === 'version.stale' ? { refusal } : { values: context.form.typed, refusal }),
  )

  pages.post(
    '/admin/units/:id/end',
    { guard, audit: 'unit.end', form: nothing },
    async ({ params, by, version = 0 }) => {
      await endUnit(services, { id: params['id'] ?? '', version }, by)
      return { redirect: '/admin/units', flash: { key: 'directory:flash.unitEnded' } }
    },
    (refusal, context) => show(context, { refusal }),
  )

  async function showNew({ actor, res }: PageContext, parts?: FormParts): Promise<PageAnswer & { view: string }> {
    const book = await units.book(actor.county)
    return { view: 'directory/unit-new', model: newUnitPage(book, presenterOf(res), parts) }
  }

  /** With a refusal alone the form shows what is stored now. */
  async function show({ actor, params, res }: PageContext, parts?: FormParts): Promise<PageAnswer & { view: string }> {
    const unit = await units.find(actor.county, params['id'] ?? '')
    if (!unit) throw new DomainError('unit.not_found', 'No such unit')
    const book = await units.book(actor.county)
    return { view: 'directory/unit', model: unitPage(unit, book, presenterOf(res), parts) }
  }
}
