import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter } from '../platform/http/index.ts'
import type { CaseFileServices } from './case-file-routes.ts'
import { caseFileApi, caseFilePages } from './case-file-routes.ts'
import type { CaseSection } from './case-section.ts'
import type { EmergencyRouteServices } from './emergency-routes.ts'
import { emergencyApi, emergencyPages } from './emergency-routes.ts'
import type { FeedbackRouteServices } from './feedback-routes.ts'
import { feedbackApi, feedbackPages } from './feedback-routes.ts'
import type { VerifyRouteServices } from './verify-routes.ts'
import { verifyApi, verifyPages } from './verify-routes.ts'

export type CaseRouteServices = CaseFileServices & VerifyRouteServices & EmergencyRouteServices & FeedbackRouteServices

/** Cases under `/api/v1/cases`. */
export function casesApi(services: CaseRouteServices): ApiRouter {
  const api = createApiRouter()
  caseFileApi(services, api)
  verifyApi(services, api)
  emergencyApi(services, api)
  feedbackApi(services, api)
  return api
}

/** The officer's desk and the case file. Domains above hand in their sections. */
export function casesPages(services: CaseRouteServices, sections: readonly CaseSection[]): PageRouter {
  const pages = createPageRouter()
  caseFilePages(services, pages, sections)
  verifyPages(services, pages)
  emergencyPages(services, pages)
  feedbackPages(services, pages)
  return pages
}
