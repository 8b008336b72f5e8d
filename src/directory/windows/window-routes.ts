import type { FormContext, PageAnswer, PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import type { FormParts } from '../../platform/views/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { defined } from '../defined.ts'
import { nothing } from '../fields.ts'
import type { HoursValues } from '../hours-fields.ts'
import { hoursFrom } from '../hours-fields.ts'
import { unitPermissions } from '../units/unit-permissions.ts'
import type { WindowFields, WindowServices } from './keep-windows.ts'
import { addWindow, editWindow, endWindow } from './keep-windows.ts'
import type { Window } from './window.ts'
import { windowForm } from './window-forms.ts'
import type { WindowBooks } from './window-page.ts'
import { windowListPage, windowPage } from './window-page.ts'

/** The administrator's pages of windows. */
export function windowPages(pages: PageRouter, services: WindowServices): void {
  const { windows } = services
  const guard = mayAct(unitPermissions, 'window.edit')

  pages.get('/admin/windows', { guard, audit: 'window.list' }, async ({ actor, res }) => ({
    view: 'directory/windows',
    model: windowListPage(await windows.list(actor.county), await booksOf(actor.county), presenterOf(res)),
  }))

  pages.get('/admin/windows/new', { guard, audit: 'window.form' }, (context) => show(context, undefined))
  pages.get('/admin/windows/:id', { guard, audit: 'window.read' }, async (context) =>
    show(context, await windowOf(context)),
  )

  pages.post(
    '/admin/windows',
    { guard, audit: 'window.add', form: windowForm },
    async (context) => {
      const fields = fieldsOf(context)
      if (!fields) return wrong(context, undefined)
      await addWindow(services, fields, context.by)
      return { redirect: '/admin/windows', flash: { key: 'directory:flash.windowAdded' } }
    },
    (refusal, context) => show(context, undefined, { values: context.form.typed, refusal }),
  )

  pages.post(
    '/admin/windows/:id',
    { guard, audit: 'window.edit', form: windowForm },
    async (context) => {
      const window = await windowOf(context)
      const change = fieldsOf(context, window)
      if (!change) return wrong(context, window)
      await editWindow(services, { id: window._id, version: context.version ?? 0, change }, context.by)
      return { redirect: '/admin/windows', flash: { key: 'directory:flash.saved' } }
    },
    async (refusal, context) => {
      const values = refusal.code === 'version.stale' ? {} : { values: context.form.typed }
      return show(context, await windowOf(context), { ...values, refusal })
    },
  )

  pages.post(
    '/admin/windows/:id/end',
    { guard, audit: 'window.end', form: nothing },
    async ({ params, by, version = 0 }) => {
      await endWindow(services, { id: params['id'] ?? '', version }, by)
      return { redirect: '/admin/windows', flash: { key: 'directory:flash.windowEnded' } }
    },
    async (refusal, context) => show(context, await windowOf(context), { refusal }),
  )

  async function booksOf(county: string): Promise<WindowBooks> {
    return { units: await services.units.book(county), staff: await services.staff.book(county) }
  }

  async function windowOf({ actor, params }: PageContext): Promise<Window> {
    const window = await windows.find(actor.county, params['id'] ?? '')
    if (!window) throw new DomainError('window.not_found', 'No such window')
    return window
  }

  async function show({ actor, res }: PageContext, window: Window | undefined, parts?: FormParts): Promise<PageAnswer> {
    const model = windowPage(window, await booksOf(actor.county), presenterOf(res), parts)
    return { view: 'directory/window', model }
  }

  async function wrong(context: FormContext<WindowInput>, window: Window | undefined): Promise<PageAnswer> {
    const { form } = context
    const isEmpty = form.ok && form.values.days1.length + form.values.days2.length === 0
    const hours = isEmpty ? { days1: 'directory:errors.hours_missing' } : { from1: 'directory:errors.hours_form' }
    const errors = form.ok ? hours : form.errors
    return { ...(await show(context, window, { values: context.form.typed, errors })), status: 400 }
  }
}

interface WindowInput extends HoursValues {
  readonly unit: string
  readonly name: string
  readonly place: string
  readonly holderId?: string | undefined
  readonly phone?: string | undefined
}

/** A window without hours would never be open. */
function fieldsOf({ form }: FormContext<WindowInput>, window?: Window): WindowFields | undefined {
  if (!form.ok) return undefined
  const { unit, name, place, holderId, phone } = form.values
  const hours = hoursFrom(form.values, window?.hours)
  return hours && hours.length > 0 ? defined({ unit, name, place, holderId, phone, hours }) : undefined
}
