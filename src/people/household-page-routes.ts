import type { PageContext, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import type { FormParts } from '../platform/views/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import { householdPage } from './household-page.ts'
import { joinHousehold, leaveHousehold } from './join-household.ts'
import { lookUpPeople } from './look-up.ts'
import type { ShownPage } from './page-parts.ts'
import { idOf, masked, typedAgain } from './page-parts.ts'
import type { PeopleRouteServices } from './person-api-routes.ts'
import { joinSchema, nothingSchema, searchSchema } from './person-forms.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'

/** Finding a member of the household, joining it, leaving it. */
export function householdPages(services: PeopleRouteServices, pages: PageRouter): void {
  const route = { guard: mayAct(PERSON_PERMISSIONS, 'person.update'), audit: 'person.join_household' }
  const show = async (
    context: PageContext,
    form: FormParts,
    found?: Parameters<typeof householdPage>[3],
  ): Promise<ShownPage> => ({
    view: 'people/household',
    model: householdPage(presenterOf(context.res), await masked(services, context), form, found),
  })
  pages.get('/people/:id/household', route, (context) => show(context, {}))
  pages.post(
    '/people/:id/household/search',
    { ...route, form: searchSchema },
    async (context) => {
      const { actor, form } = context
      if (!form.ok) return { ...(await show(context, { values: form.typed, errors: form.errors })), status: 400 }
      return show(context, { values: form.typed }, await lookUpPeople(services, form.values, actor))
    },
    (refusal, context) => show(context, typedAgain(context, refusal)),
  )
  pages.post(
    '/people/:id/household',
    { ...route, form: joinSchema },
    async (context) => {
      const { form, by, version } = context
      if (!form.ok) return { ...(await show(context, { values: form.typed, errors: form.errors })), status: 400 }
      const { personId } = await joinHousehold(services, { personId: idOf(context), version, ...form.values }, by)
      return { redirect: `/people/${personId}`, flash: { key: 'people:said.joined' } }
    },
    (refusal, context) => show(context, typedAgain(context, refusal)),
  )
  pages.post(
    '/people/:id/household/leave',
    { ...route, audit: 'person.leave_household', form: nothingSchema },
    async (context) => {
      const on = { personId: idOf(context), version: context.version }
      const { personId } = await leaveHousehold(services, on, context.by)
      return { redirect: `/people/${personId}`, flash: { key: 'people:said.left' } }
    },
  )
}
