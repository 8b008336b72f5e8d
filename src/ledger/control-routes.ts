import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter } from '../platform/http/index.ts'
import type { BankRouteServices } from './bank/bank-routes.ts'
import { declareBankApi, declareBankPages } from './bank/bank-routes.ts'
import { declareBoardApi, declareBoardPages } from './boards/board-routes.ts'
import type { BoardServices } from './boards/county-board.ts'
import type { CashRouteServices } from './cash/cash-routes.ts'
import { declareCashApi, declareCashPages } from './cash/cash-routes.ts'

export type ControlRouteServices = BankRouteServices & BoardServices & CashRouteServices

/** What is held against the book, under `/api/v1`: the bank, the till, the boards. */
export function controlApi(services: ControlRouteServices): ApiRouter {
  const api = createApiRouter()
  declareBoardApi(api, services)
  declareBankApi(api, services)
  declareCashApi(api, services)
  return api
}

/** Its pages. They stand before `/funds/:id`, whose address would take theirs. */
export function controlPages(services: ControlRouteServices): PageRouter {
  const pages = createPageRouter()
  declareBoardPages(pages, services)
  declareBankPages(pages, services)
  declareCashPages(pages, services)
  return pages
}
