import type { PageContext, PageRouter } from '../platform/http/index.ts'
import type { FormParts } from '../platform/views/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { ShownPage } from './page-parts.ts'
import { idOf, masked, typedAgain } from './page-parts.ts'
import type { PeopleRouteServices } from './person-api-routes.ts'
import { revealSchema } from './person-forms.ts'
import { mayRevealAny } from './person-guards.ts'
import { revealField } from './reveal-field.ts'
import { revealedPage, revealPage } from './reveal-page.ts'

/** The value is shown on the answer itself and nowhere kept: no redirect, no flash, no cache. */
export function revealPages(services: PeopleRouteServices, pages: PageRouter): void {
  const route = { guard: mayRevealAny, audit: 'person.reveal' }
  const show = async (context: PageContext, form: FormParts): Promise<ShownPage> => ({
    view: 'people/reveal',
    model: revealPage(presenterOf(context.res), context.actor, await masked(services, context), form),
  })
  pages.get('/people/:id/reveal', route, (context) => show(context, { values: { field: context.query['field'] } }))
  pages.post(
    '/people/:id/reveal',
    { ...route, form: revealSchema },
    async (context) => {
      const { form, by, res } = context
      if (!form.ok) return { ...(await show(context, { values: form.typed, errors: form.errors })), status: 400 }
      const value = await revealField(services, { personId: idOf(context), ...form.values }, by)
      res.set('Cache-Control', 'no-store')
      return { view: 'people/revealed', model: revealedPage(presenterOf(res), value, form.values.reason) }
    },
    (refusal, context) => show(context, typedAgain(context, refusal)),
  )
}
