import type { PageRouter } from '../platform/http/index.ts'
import { createPageRouter, signedIn } from '../platform/http/index.ts'
import { homeOf } from './menu.ts'

/** `/` leads to where a person's work waits. */
export function homePages(): PageRouter {
  const pages = createPageRouter()
  pages.get('/', { guard: signedIn, audit: 'home' }, ({ actor }) => Promise.resolve({ redirect: homeOf(actor) }))
  return pages
}
