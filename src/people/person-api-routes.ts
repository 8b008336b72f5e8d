import type { JournalReader } from '../journal/index.ts'
import type { ApiRouter } from '../platform/http/index.ts'
import { createApiRouter, mayAct } from '../platform/http/index.ts'
import { DomainError } from '../shared/errors.ts'
import { joinHousehold, leaveHousehold } from './join-household.ts'
import { lookUpPeople, readPerson } from './look-up.ts'
import {
  joinSchema,
  newPersonSchema,
  nothingSchema,
  personChangesSchema,
  phoneSchema,
  revealSchema,
  searchSchema,
} from './person-forms.ts'
import { mayReveal, mayRevealAny } from './person-guards.ts'
import { personHistory } from './person-history.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'
import { registerPerson } from './register-person.ts'
import { revealField } from './reveal-field.ts'
import { addPhone, updatePerson } from './update-person.ts'

/** What the routes of this domain work with. */
export type PeopleRouteServices = Parameters<typeof lookUpPeople>[0] & { readonly journal: JournalReader }

/** Persons under `/api/v1/persons`. Everything answered has its masks on, but for `reveal`. */
export function peopleApi(services: PeopleRouteServices): ApiRouter {
  const api = createApiRouter()
  readRoutes(services, api)
  writeRoutes(services, api)
  householdRoutes(services, api)
  return api
}

function readRoutes(services: PeopleRouteServices, api: ApiRouter): void {
  const guard = mayAct(PERSON_PERMISSIONS, 'person.read')
  api.post(
    '/persons/search',
    {
      summary: 'Persons by phone, identity number or name, masked; leaves a trace',
      guard: mayAct(PERSON_PERMISSIONS, 'person.look_up'),
      audit: 'person.look_up',
      body: searchSchema,
      isQuestion: true,
    },
    async ({ actor, body }) => ({ items: await lookUpPeople(services, body, actor) }),
  )
  api.get(
    '/persons/:id',
    { summary: 'One person and the household, masked; leaves a trace', guard, audit: 'person.read' },
    async ({ actor, params }) => {
      const { person, household } = await readPerson(services, params['id'] ?? '', actor)
      return { ...person, household }
    },
  )
  api.get(
    '/persons/:id/history',
    {
      summary: 'Who looked at or changed a person',
      guard: mayAct(PERSON_PERMISSIONS, 'person.read_access'),
      audit: 'person.read_access',
    },
    async ({ actor, params, query }) => ({
      items: await personHistory(services, actor, params['id'] ?? '', Number(query['after'] ?? 0) || 0),
    }),
  )
  api.post(
    '/persons/:id/reveal',
    {
      summary: 'One field behind its mask, for a reason that goes on record',
      guard: mayRevealAny,
      audit: 'person.reveal',
      body: revealSchema,
    },
    async ({ actor, params, body, by, res }) => {
      if (!mayReveal(actor, body.field)) throw new DomainError('person.not_yours', 'This role never sees this field')
      res.set('Cache-Control', 'no-store')
      return revealField(services, { personId: params['id'] ?? '', ...body }, by)
    },
  )
}

function writeRoutes(services: PeopleRouteServices, api: ApiRouter): void {
  const guard = mayAct(PERSON_PERMISSIONS, 'person.update')
  api.post(
    '/persons',
    {
      summary: 'Register a person; nothing is required',
      guard: mayAct(PERSON_PERMISSIONS, 'person.register'),
      audit: 'person.register',
      body: newPersonSchema,
      status: 201,
    },
    ({ body, by }) => registerPerson(services, body, by),
  )
  api.patch(
    '/persons/:id',
    {
      summary: 'Change a person; null clears a field',
      guard,
      audit: 'person.update',
      body: personChangesSchema,
      versioned: true,
    },
    ({ params, body, version, by }) =>
      updatePerson(services, { personId: params['id'] ?? '', version, changes: body }, by),
  )
  api.post(
    '/persons/:id/phones',
    { summary: 'Add a phone', guard, audit: 'person.add_phone', body: phoneSchema },
    ({ params, body, version, by }) => addPhone(services, { personId: params['id'] ?? '', version, ...body }, by),
  )
}

function householdRoutes(services: PeopleRouteServices, api: ApiRouter): void {
  const guard = mayAct(PERSON_PERMISSIONS, 'person.update')
  api.post(
    '/persons/:id/household',
    { summary: 'Join a household', guard, audit: 'person.join_household', body: joinSchema },
    ({ params, body, version, by }) => joinHousehold(services, { personId: params['id'] ?? '', version, ...body }, by),
  )
  api.post(
    '/persons/:id/household/leave',
    { summary: 'Leave the household', guard, audit: 'person.leave_household', body: nothingSchema },
    ({ params, version, by }) => leaveHousehold(services, { personId: params['id'] ?? '', version }, by),
  )
}
