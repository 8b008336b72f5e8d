import type { FormContext, PageAnswer, PageContext, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import type { FormParts } from '../../platform/views/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { nothing } from '../fields.ts'
import type { HoursValues } from '../hours-fields.ts'
import { hoursFrom } from '../hours-fields.ts'
import { unitPermissions } from '../units/unit-permissions.ts'
import type { Hotline } from './hotline.ts'
import type { HotlineRouteServices } from './hotline-api.ts'
import { hotlineForm } from './hotline-forms.ts'
import { hotlineListPage, hotlinePage } from './hotline-page.ts'
import type { HotlineFields } from './keep-hotlines.ts'
import { addHotline, editHotline, endHotline } from './keep-hotlines.ts'

/** The administrator's pages of hotlines. */
export function hotlinePages(pages: PageRouter, services: HotlineRouteServices): void {
  const { hotlines, units } = services
  const guard = mayAct(unitPermissions, 'hotline.edit')

  pages.get('/admin/hotlines', { guard, audit: 'hotline.list' }, async ({ actor, res }) => {
    const lines = await hotlines.list(actor.county)
    return {
      view: 'directory/hotlines',
      model: hotlineListPage(lines, await units.book(actor.county), presenterOf(res)),
    }
  })

  pages.get('/admin/hotlines/new', { guard, audit: 'hotline.form' }, (context) => show(context, undefined))
  pages.get('/admin/hotlines/:id', { guard, audit: 'hotline.read' }, async (context) =>
    show(context, await lineOf(context)),
  )

  pages.post(
    '/admin/hotlines',
    { guard, audit: 'hotline.add', form: hotlineForm },
    async (context) => {
      const fields = fieldsOf(context)
      if (!fields) return wrong(context, undefined)
      await addHotline(services, fields, context.by)
      return { redirect: '/admin/hotlines', flash: { key: 'directory:flash.hotlineAdded' } }
    },
    (refusal, context) => show(context, undefined, { values: context.form.typed, refusal }),
  )

  pages.post(
    '/admin/hotlines/:id',
    { guard, audit: 'hotline.edit', form: hotlineForm },
    async (context) => {
      const line = await lineOf(context)
      const change = fieldsOf(context, line)
      if (!change) return wrong(context, line)
      await editHotline(services, { id: line._id, version: context.version ?? 0, change }, context.by)
      return { redirect: '/admin/hotlines', flash: { key: 'directory:flash.saved' } }
    },
    async (refusal, context) => show(context, await lineOf(context), partsOf(refusal, context)),
  )

  pages.post(
    '/admin/hotlines/:id/end',
    { guard, audit: 'hotline.end', form: nothing },
    async ({ params, by, version = 0 }) => {
      await endHotline(services, { id: params['id'] ?? '', version }, by)
      return { redirect: '/admin/hotlines', flash: { key: 'directory:flash.hotlineEnded' } }
    },
    async (refusal, context) => show(context, await lineOf(context), { refusal }),
  )

  async function lineOf({ actor, params }: PageContext): Promise<Hotline> {
    const line = await hotlines.find(actor.county, params['id'] ?? '')
    if (!line) throw new DomainError('hotline.not_found', 'No such hotline')
    return line
  }

  async function show({ actor, res }: PageContext, line: Hotline | undefined, parts?: FormParts): Promise<PageAnswer> {
    const model = hotlinePage(line, await units.book(actor.county), presenterOf(res), parts)
    return { view: 'directory/hotline', model }
  }

  async function wrong(context: FormContext<HotlineInput>, line: Hotline | undefined): Promise<PageAnswer> {
    const errors = context.form.ok ? { from1: 'directory:errors.hours_form' } : context.form.errors
    return { ...(await show(context, line, { values: context.form.typed, errors })), status: 400 }
  }
}

type HotlineInput = Omit<HotlineFields, 'hours'> & HoursValues

function fieldsOf({ form }: FormContext<HotlineInput>, line?: Hotline): HotlineFields | undefined {
  if (!form.ok) return undefined
  const { number, name, level, unit, language } = form.values
  const hours = hoursFrom(form.values, line?.hours)
  return hours && { number, name, level, unit, language, hours }
}

/** After somebody else's change the form shows what stands there now, otherwise what was typed. */
function partsOf(refusal: DomainError, { form }: FormContext<unknown>): FormParts {
  return refusal.code === 'version.stale' ? { refusal } : { values: form.typed, refusal }
}
