import type { z } from 'zod'
import type { UnitStore } from '../directory/index.ts'
import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter, mayAct } from '../platform/http/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import { momentOf } from '../shared/china-day.ts'
import { missingForGoLive } from './go-live.ts'
import type { Policies } from './policies.ts'
import type { Policy } from './policy.ts'
import { firstValuesSchema, questionSchema } from './policy-forms.ts'
import { policyPage } from './policy-page.ts'
import { POLICY_PERMISSIONS } from './policy-permissions.ts'
import type { RecordPolicyValuesServices } from './record-policy-values.ts'
import { recordPolicyValues } from './record-policy-values.ts'
import { countyOf } from './scope.ts'

export interface PolicyRouteServices extends RecordPolicyValuesServices {
  readonly policies: Policies
  readonly units: UnitStore
  readonly clock: Clock
}

/** Parameters in force under `/api/v1/policies`. */
export function policyApi(services: PolicyRouteServices): ApiRouter {
  const api = createApiRouter()
  api.get(
    '/policies',
    {
      summary: 'Parameters in force in a place on a day, with their sources',
      guard: mayAct(POLICY_PERMISSIONS, 'policy.read'),
      audit: 'policy.list',
      query: questionSchema,
    },
    async ({ actor, query }) => {
      const policy = await readable(services, actor, query)
      const missing = await missingForGoLive(services, actor.county, policy.at)
      return { scope: policy.scope, at: policy.at.toISOString(), items: policy.all(), missing }
    },
  )
  api.post(
    '/policies',
    {
      summary: 'Set parameters for the first time, by a document; later changes take an approval',
      guard: mayAct(POLICY_PERMISSIONS, 'policy.record'),
      audit: 'policy.record',
      body: firstValuesSchema,
      status: 201,
    },
    ({ body, by }) => {
      const { scope, source } = body
      const { href, ...named } = source
      const values = body.values.map((value) => ({ ...value, scope, source: href ? { ...named, href } : named }))
      return recordPolicyValues(services, values, by, { onlyFirst: true })
    },
  )
  return api
}

/** The page of parameters. */
export function policyPages(services: PolicyRouteServices): PageRouter {
  const pages = createPageRouter()
  pages.get(
    '/policies',
    { guard: mayAct(POLICY_PERMISSIONS, 'policy.read'), audit: 'policy.list' },
    async ({ actor, query, res }) => {
      const question = questionSchema.safeParse(query)
      const policy = await readable(services, actor, question.success ? question.data : {})
      const book = await services.units.book(actor.county)
      const own = await services.policies.townshipsWithValues(actor.county)
      const ids = new Set([actor.county, ...own, policy.scope])
      const places = [...ids].map((id) => ({ id, name: book.nameOf(id) }))
      const missing = await missingForGoLive(services, actor.county, policy.at)
      return { view: 'policy/parameters', model: policyPage({ policy, places, missing }, presenterOf(res)) }
    },
  )
  return pages
}

/** @throws DomainError `policy.forbidden` for a place of another county */
async function readable(
  { policies, clock }: PolicyRouteServices,
  actor: Actor,
  { unit = actor.county, at }: z.output<typeof questionSchema>,
): Promise<Policy> {
  if (!may(POLICY_PERMISSIONS, actor, 'policy.read', { county: countyOf(unit) }))
    throw new DomainError('policy.forbidden', `${unit} belongs to another county`, { scope: unit })
  return policies.at({ scope: unit, at: at === undefined ? clock.now() : momentOf(at, 12) })
}
