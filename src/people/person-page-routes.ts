import type { StaffStore, UnitStore } from '../directory/index.ts'
import type { FormContext, PageAnswer, PageContext, PageRouter } from '../platform/http/index.ts'
import { createPageRouter, mayAct } from '../platform/http/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { DomainError } from '../shared/errors.ts'
import { joinHousehold, leaveHousehold } from './join-household.ts'
import { lookUpPeople, readPerson } from './look-up.ts'
import type { MaskedPerson } from './masked-person.ts'
import type { PeopleRouteServices } from './person-api-routes.ts'
import { joinSchema, nothingSchema, personPageSchema, revealSchema, searchSchema } from './person-forms.ts'
import { mayRevealAny } from './person-guards.ts'
import { personHistory } from './person-history.ts'
import type { InputWarning } from './person-input.ts'
import {
  historyPage,
  householdPage,
  personFormPage,
  personPage,
  revealedPage,
  revealPage,
  searchPage,
  warningWords,
} from './person-page.ts'
import { changesOf, newPersonOf } from './person-page-form.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'
import { registerPerson } from './register-person.ts'
import { revealField } from './reveal-field.ts'
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

function householdPages(services: PeopleRouteServices, pages: PageRouter): void {
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

/** The value is shown on the answer itself and nowhere kept: no redirect, no flash, no cache. */
function revealPages(services: PeopleRouteServices, pages: PageRouter): void {
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

/** Names of units and staff by id; an id nobody knows stays as it is. */
async function namesOf({ units, staff }: PeoplePageServices, county: string): Promise<(id: string) => string> {
  const [unitBook, staffBook] = [await units.book(county), await staff.book(county)]
  return (id) => unitBook.get(id)?.shortName ?? staffBook.get(id)?.name ?? id
}

type ShownPage = Extract<PageAnswer, { readonly view: string }>

async function masked(services: PeopleRouteServices, context: PageContext): Promise<MaskedPerson> {
  return (await readPerson(services, idOf(context), context.actor)).person
}

function idOf({ params }: PageContext): string {
  return params['id'] ?? ''
}

function typedAgain<Values>({ form }: FormContext<Values>, refusal: DomainError): FormParts {
  return { values: form.typed, refusal }
}

/** Back to the person, saying what was saved and what looks odd about it. */
function saved(present: Presenter, personId: string, said: string, warnings: readonly InputWarning[]): PageAnswer {
  const redirect = `/people/${personId}`
  if (warnings.length === 0) return { redirect, flash: { key: `people:said.${said}` } }
  return {
    redirect,
    flash: { key: `people:said.${said}Odd`, params: { odd: warningWords(present, warnings) }, tone: 'notice' },
  }
}
