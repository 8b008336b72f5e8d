import type { ApiRouter, PageRouter } from '../../platform/http/index.ts'
import { mayAct } from '../../platform/http/index.ts'
import { presenterOf } from '../../platform/views/index.ts'
import { FUND_PERMISSIONS } from '../ledger-permissions.ts'
import { boardPage } from './board-page.ts'
import type { BoardServices } from './county-board.ts'
import { countyBoard } from './county-board.ts'

const guard = mayAct(FUND_PERMISSIONS, 'ledger.see-county')

/** The county's finance board under `/api/v1`. */
export function declareBoardApi(api: ApiRouter, services: BoardServices): void {
  api.get(
    '/finance-board',
    { summary: 'All funds: levels, ages, late and idle money, data quality', guard, audit: 'board.read' },
    ({ actor }) => countyBoard(services, actor),
  )
}

/** The county's finance board as a page. */
export function declareBoardPages(pages: PageRouter, services: BoardServices): void {
  pages.get('/funds/board', { guard, audit: 'board.read' }, async ({ actor, res }) => ({
    view: 'ledger/board',
    model: boardPage(await countyBoard(services, actor), presenterOf(res)),
  }))
}
