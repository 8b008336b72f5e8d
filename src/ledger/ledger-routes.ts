import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter } from '../platform/http/index.ts'
import { declareFundReads } from './fund-read-routes.ts'
import { declareFundWrites } from './fund-write-routes.ts'
import type { FundPageServices } from './fund-page-routes.ts'
import { declareFundPages } from './fund-page-routes.ts'
import { declareProposals } from './proposals/proposal-routes.ts'
import { declareSettlements } from './settle-routes.ts'

export type LedgerRouteServices = FundPageServices

/** Funds under `/api/v1/funds`, and the county's trial balance. */
export function ledgerApi(services: LedgerRouteServices): ApiRouter {
  const api = createApiRouter()
  declareFundReads(api, services)
  declareFundWrites(api, services)
  declareSettlements(api, services)
  declareProposals(api, services)
  return api
}

/** The pages of the funds under `/funds`. */
export function ledgerPages(services: LedgerRouteServices): PageRouter {
  const pages = createPageRouter()
  declareFundPages(pages, services)
  return pages
}
