import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter } from '../platform/http/index.ts'
import type { AuditServices } from './audit/audit-ledger.ts'
import { declareAuditPages, declareAuditRoutes } from './audit/audit-routes.ts'
import type { ProofRouteServices } from './proof/proof-routes.ts'
import { declareProofRoutes } from './proof/proof-routes.ts'
import type { StatementPageServices } from './statements/statement-pages.ts'
import { declareStatementPages } from './statements/statement-pages.ts'
import { declareStatementRoutes } from './statements/statement-routes.ts'

export type ProvingRouteServices = AuditServices & ProofRouteServices & StatementPageServices

/** Statements, closing, the public log and the auditor's view under `/api/v1`. */
export function provingApi(services: ProvingRouteServices): ApiRouter {
  const api = createApiRouter()
  declareStatementRoutes(api, services)
  declareProofRoutes(api, services)
  declareAuditRoutes(api, services)
  return api
}

/** The pages of months and of the audit. */
export function provingPages(services: ProvingRouteServices): PageRouter {
  const pages = createPageRouter()
  declareStatementPages(pages, services)
  declareAuditPages(pages, services)
  return pages
}
