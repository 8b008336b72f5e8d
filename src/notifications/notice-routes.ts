import { z } from 'zod'
import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { createApiRouter, createPageRouter, signedIn } from '../platform/http/index.ts'
import type { SeeNoticesServices } from './see-notices.ts'
import { seeNotices } from './see-notices.ts'
import type { ToldServices } from './told.ts'
import { unseenOf } from './told.ts'

export type NoticeRouteServices = ToldServices & SeeNoticesServices

/** Back to the page the notices stood on; never to another site. */
const seenSchema = z.object({ from: z.string().regex(/^\/(?!\/)/).catch('/') }) // prettier-ignore

/** Own notices under `/api/v1/notices`. */
export function noticesApi(services: NoticeRouteServices): ApiRouter {
  const api = createApiRouter()
  api.get(
    '/notices',
    { summary: 'What I was told and have not seen', guard: signedIn, audit: 'notice.list' },
    async ({ actor }) => {
      const unseen = await unseenOf(services, actor)
      return {
        items: unseen.map(({ id, kind, caseNo, about, createdAt }) => ({
          id,
          kind,
          caseNo: caseNo ?? null,
          about: about ?? {},
          at: createdAt.toISOString(),
        })),
      }
    },
  )
  api.post('/notices/seen', { summary: 'I have seen them', guard: signedIn, audit: 'notice.see' }, ({ actor, by }) =>
    seeNotices(services, { staffId: actor.staffId }, by),
  )
  return api
}

/** The button that clears them. */
export function noticesPages(services: NoticeRouteServices): PageRouter {
  const pages = createPageRouter()
  pages.post(
    '/notices/seen',
    { guard: signedIn, audit: 'notice.see', form: seenSchema },
    async ({ actor, form, by }) => {
      await seeNotices(services, { staffId: actor.staffId }, by)
      return { redirect: form.ok ? form.values.from : '/' }
    },
  )
  return pages
}
