import type { StaffStore, UnitStore } from '../directory/index.ts'
import type { PageAnswer, PageContext, PageRouter } from '../platform/http/index.ts'
import { createPageRouter, mayAct } from '../platform/http/index.ts'
import type { FormParts } from '../platform/views/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import { householdPages } from './household-page-routes.ts'
import { lookUpPeople, readPerson } from './look-up.ts'
import type { ShownPage } from './page-parts.ts'
import { idOf, masked, saved, typedAgain } from './page-parts.ts'
import type { PeopleRouteServices } from './person-api-routes.ts'
import { personFormPage } from './person-form-page.ts'
import { personPageSchema, searchSchema } from './person-forms.ts'
import { personHistory } from './person-history.ts'
import { historyPage } from './person-history-page.ts'
import { personPage } from './person-page.ts'
import { changesOf, newPersonOf } from './person-page-form.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'
import { searchPage } from './person-search-page.ts'
import { registerPerson } from './register-person.ts'
import { revealPages } from './reveal-page-routes.ts'
import { updatePerson } from './update-person.ts'

/** What the pages need besides: names of who looked. */
export type PeoplePageServices = PeopleRouteServices & { readonly units: UnitStore; readonly staff: StaffStore }

/** The pages of persons: looking for somebody, one person, changes, the household, and looking behind a mask. */
export function peoplePages(services: PeoplePageServices): PageRouter {
  const pages = createPageRouter()
  searchPages(services, pages)
  newPages(services, pages)
  personPages(services, pages)
  editPages(services, pages)
  householdPages(services, pages)
  revealPages(services, pages)
  return pages
}

function searchPages(services: PeopleRouteServices, pages: PageRouter): void {
  const route = { guard: mayAct(PERSON_PERMISSIONS, 'person.look_up'), audit: 'person.look_up' }
  const show = (
    { actor, res }: PageContext,
    form: FormParts,
    found?: Parameters<typeof searchPage>[3],
  ): PageAnswer => ({
    view: 'people/search',
    model: searchPage(presenterOf(res), actor, form, found),
  })
  pages.get('/people', route, (context) => Promise.resolve(show(context, {})))
  pages.post(
    '/people/search',
    { ...route, form: searchSchema },
    async (context) => {
      const { actor, form } = context
      if (!form.ok) return { ...show(context, { values: form.typed, errors: form.errors }), status: 400 }
      return show(context, { values: form.typed }, await lookUpPeople(services, form.values, actor))
    },
    (refusal, context) => Promise.resolve(show(context, { values: context.form.typed, refusal })),
  )
}

function newPages(services: PeopleRouteServices, pages: PageRouter): void {
  const route = { guard: mayAct(PERSON_PERMISSIONS, 'person.register'), audit: 'person.register' }
  const show = ({ res }: PageContext, form: FormParts): PageAnswer => ({
    view: 'people/form',
    model: personFormPage(presenterOf(res), undefined, form),
  })
  pages.get('/people/new', route, (context) => Promise.resolve(show(context, {})))
  pages.post(
    '/people',
    { ...route, form: personPageSchema },
    async (context) => {
      const { form, by, res } = context
      if (!form.ok) return { ...show(context, { values: form.typed, errors: form.errors }), status: 400 }
      const { personId, warnings } = await registerPerson(services, newPersonOf(form.values), by)
      return saved(presenterOf(res), personId, 'registered', warnings)
    },
    (refusal, context) => Promise.resolve(show(context, { values: context.form.typed, refusal })),
  )
}

function personPages(services: PeoplePageServices, pages: PageRouter): void {
  const guard = mayAct(PERSON_PERMISSIONS, 'person.read')
  pages.get('/people/:id', { guard, audit: 'person.read' }, async ({ actor, params, res }) => ({
    view: 'people/person',
    model: personPage(presenterOf(res), actor, await readPerson(services, params['id'] ?? '', actor)),
  }))
  pages.get(
    '/people/:id/history',
    { guard: mayAct(PERSON_PERMISSIONS, 'person.read_access'), audit: 'person.read_access' },
    async ({ actor, params, res }) => {
      const personId = params['id'] ?? ''
      const lines = await personHistory(services, actor, personId)
      const nameOf = await namesOf(services, actor.county)
      return { view: 'people/history', model: historyPage(presenterOf(res), personId, lines, nameOf) }
    },
  )
}

function editPages(services: PeopleRouteServices, pages: PageRouter): void {
  const route = { guard: mayAct(PERSON_PERMISSIONS, 'person.update'), audit: 'person.update' }
  const show = async (context: PageContext, form: FormParts): Promise<ShownPage> => ({
    view: 'people/form',
    model: personFormPage(presenterOf(context.res), await masked(services, context), form),
  })
  pages.get('/people/:id/edit', route, (context) => show(context, {}))
  pages.post(
    '/people/:id',
    { ...route, form: personPageSchema },
    async (context) => {
      const { form, by, version, res } = context
      if (!form.ok) return { ...(await show(context, { values: form.typed, errors: form.errors })), status: 400 }
      const { tags } = await masked(services, context)
      const on = { personId: idOf(context), version, changes: changesOf(form.values, tags) }
      const { personId, warnings } = await updatePerson(services, on, by)
      return saved(presenterOf(res), personId, 'updated', warnings)
    },
    (refusal, context) => show(context, typedAgain(context, refusal)),
  )
}

/** Names of units and staff by id; an id nobody knows stays as it is. */
async function namesOf({ units, staff }: PeoplePageServices, county: string): Promise<(id: string) => string> {
  const [unitBook, staffBook] = [await units.book(county), await staff.book(county)]
  return (id) => unitBook.get(id)?.shortName ?? staffBook.get(id)?.name ?? id
}
