import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter, mayAct } from '../platform/http/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { InTransaction } from '../journal/index.ts'
import { adminPage } from './admin-page.ts'
import type { Directory } from './create-directory.ts'
import { hotlineApi } from './hotlines/hotline-api.ts'
import { hotlinePages } from './hotlines/hotline-routes.ts'
import { ownApi } from './own-account/own-api.ts'
import { ownPages } from './own-account/own-routes.ts'
import { rosterApi } from './roster/roster-api.ts'
import { rosterPages } from './roster/roster-routes.ts'
import { signInPages } from './sign-in/sign-in-routes.ts'
import { staffApi } from './staff/staff-api.ts'
import { staffPages } from './staff/staff-routes.ts'
import { unitApi } from './units/unit-api.ts'
import { unitPermissions } from './units/unit-permissions.ts'
import { unitPages } from './units/unit-routes.ts'
import { windowApi } from './windows/window-api.ts'
import { windowPages } from './windows/window-routes.ts'

export interface DirectoryRouteServices extends Omit<Directory, 'divisions'> {
  readonly vault: FieldVault
  readonly clock: Clock
  readonly inTransaction: InTransaction
}

/** Units, windows, hotlines, staff, roster and one's own account under `/api/v1`. */
export function directoryApi(services: DirectoryRouteServices): ApiRouter {
  const api = createApiRouter()
  unitApi(api, services)
  windowApi(api, services)
  hotlineApi(api, services)
  staffApi(api, services)
  rosterApi(api, services)
  ownApi(api, services)
  return api
}

/** Signing in and out, one's own account, rosters, and the administrator's pages. */
export function directoryPages(services: DirectoryRouteServices): PageRouter {
  const pages = createPageRouter()
  const guard = mayAct(unitPermissions, 'unit.edit')
  pages.get('/admin', { guard, audit: 'admin.page' }, async ({ actor, res }) => ({
    view: 'directory/admin',
    model: await adminPage(services, actor, presenterOf(res)),
  }))
  signInPages(pages, services)
  ownPages(pages, services)
  unitPages(pages, services)
  windowPages(pages, services)
  hotlinePages(pages, services)
  staffPages(pages, services)
  rosterPages(pages, services)
  return pages
}
