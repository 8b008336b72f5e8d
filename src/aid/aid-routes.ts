import type { CaseSection } from '../cases/index.ts'
import { namesOf } from '../cases/index.ts'
import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter } from '../platform/http/index.ts'
import { aidLimits } from './aid-limits.ts'
import { caseSectionModel } from './case-section.ts'
import type { DecideRouteServices } from './decide-routes.ts'
import { decideApi, decidePages } from './decide-routes.ts'
import type { PaperRouteServices } from './paper-routes.ts'
import { paperApi, paperPages } from './paper-routes.ts'
import type { PayRouteServices } from './pay-routes.ts'
import { payApi, payPages } from './pay-routes.ts'
import type { PaymentFileRouteServices } from './payment-files/payment-file-routes.ts'
import { paymentFileApi, paymentFilePages } from './payment-files/payment-file-routes.ts'

export type AidRouteServices = DecideRouteServices & PayRouteServices & PaperRouteServices & PaymentFileRouteServices

/** Decisions, payments and papers under `/api/v1`. */
export function aidApi(services: AidRouteServices): ApiRouter {
  const api = createApiRouter()
  decideApi(services, api)
  payApi(services, api)
  paymentFileApi(services, api)
  paperApi(services, api)
  return api
}

/** The decision's form, the cashier's list, the papers. */
export function aidPages(services: AidRouteServices): PageRouter {
  const pages = createPageRouter()
  decidePages(services, pages)
  paymentFilePages(services, pages)
  payPages(services, pages)
  paperPages(services, pages)
  return pages
}

/** What the case page shows of aid, and the next step it asks for. */
export function aidSection(services: AidRouteServices): CaseSection {
  return {
    id: 'aid',
    partial: 'aid/sections/case',
    async load(found, actor, present) {
      const decisions = await services.aid.ofCase(found.county, found.no)
      const scope = found.unit === '' ? found.county : found.unit
      const policy = await services.policies.at({ scope, at: services.clock.now() })
      const persons = Math.max(1, ...decisions.map((decision) => decision.persons))
      const { limitFen } = aidLimits(policy, 'township', persons)
      return caseSectionModel(found, decisions, limitFen, actor, present, await namesOf(services, found.county))
    },
  }
}
