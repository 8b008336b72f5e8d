import type { UnitStore } from '../directory/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import type { NoticeKind, NoticeRecord } from './notice.ts'
import type { NoticeStore } from './notice-store.ts'
import { noticeText } from './notice-text.ts'

export interface ToldServices {
  readonly notices: NoticeStore
  readonly units: UnitStore
  readonly clock: Clock
}

/** Most notices on a screen; the others follow when these are seen. */
const MOST_SHOWN = 4

/** What was told longer ago stands in the lists of the desks only. Milliseconds; as long as a room's feed is kept. */
const SHOWN_MS = 48 * 3_600_000

/** Pages whose own list already shows what these notices say. */
const SHOWN_BY_PAGE: Readonly<Partial<Record<string, readonly NoticeKind[]>>> = {
  '/cases': ['case_for_you', 'case_handed_on'],
}

/** What somebody was told and has not seen, the newest first. */
export function unseenOf({ notices, clock }: ToldServices, actor: Actor): Promise<readonly NoticeRecord[]> {
  const since = new Date(clock.now().getTime() - SHOWN_MS)
  return notices.onScreen(actor.county, actor.staffId, since, MOST_SHOWN)
}

/**
 * What stands at the top of every page of somebody who is signed in.
 *
 * @param path - of the page; what its own list shows is not said twice
 */
export async function toldOnPage(
  services: ToldServices,
  actor: Actor,
  path: string,
  present: Presenter,
): Promise<object> {
  const unseen = await unseenOf(services, actor)
  const { nameOf } = await services.units.book(actor.county)
  const items = unseen
    .filter(({ kind }) => !SHOWN_BY_PAGE[path]?.includes(kind))
    .map((notice) => ({
      id: notice.id,
      text: noticeText(notice, present, nameOf),
      at: notice.createdAt,
      href: hrefOf(notice),
    }))
  return { room: `person:${actor.staffId}`, items, fields: [{ name: 'from', value: path }] }
}

/** Whoever is asked to take a case sees the offer; the case itself only once they have taken it. */
function hrefOf({ kind, caseNo }: NoticeRecord): string | undefined {
  if (caseNo === undefined) return undefined
  const isOffer = kind === 'transfer_offered' || kind === 'transfer_before_county'
  return isOffer ? `/cases/${caseNo}/transfer` : `/cases/${caseNo}`
}
