import type { ApiRouter, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import { namesOf } from '../cases/index.ts'
import { filterFor } from '../shared/permissions.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'
import { itemPage } from './item-page.ts'
import { itemTexts } from './item-texts.ts'
import { itemDetail, itemView } from './item-view.ts'
import { placeIn } from './queue.ts'
import { COLUMNS, queuePage } from './queue-page.ts'
import type { ReadItemServices } from './read-item.ts'
import { caseOf, readableItem } from './read-item.ts'

/** Most items a board shows. */
const BOARD_LIMIT = 200

const guard = mayAct(CONFERENCE_PERMISSIONS, 'conference.read')

/** The queue and what is read of one case in it. */
export function queueApi(services: ReadItemServices, api: ApiRouter): void {
  const { conferences, vault } = services
  api.get('/conference-items', { summary: 'The queue', guard, audit: 'conference.list' }, async ({ actor }) => {
    const visible = filterFor(CONFERENCE_PERMISSIONS, actor, 'conference.read')
    const queue = await conferences.queue(actor.county)
    const items = await conferences.list(actor.county, visible, COLUMNS, BOARD_LIMIT)
    return { items: items.map((item) => ({ ...itemView(item), place: placeIn(queue, item.id)?.place ?? null })) }
  })
  api.get(
    '/conference-items/:id',
    { summary: 'One case of the conference', guard, audit: 'conference.read' },
    async ({ actor, params }) => {
      const item = await readableItem(services, actor, params['id'])
      const place = placeIn(await conferences.queue(actor.county), item.id)
      return { ...itemDetail(item, itemTexts(vault, item)), place: place?.place ?? null }
    },
  )
}

/** The board, and the case's page for the meeting. */
export function queuePages(services: ReadItemServices, pages: PageRouter): void {
  const { conferences, vault } = services
  pages.get('/conference', { guard, audit: 'conference.list' }, async ({ actor, res }) => {
    const visible = filterFor(CONFERENCE_PERMISSIONS, actor, 'conference.read')
    const items = await conferences.list(actor.county, visible, COLUMNS, BOARD_LIMIT)
    const nameOf = await namesOf(services, actor.county)
    return {
      view: 'conference/queue',
      model: queuePage(items, await conferences.queue(actor.county), actor, presenterOf(res), nameOf),
    }
  })
  pages.get('/conference/:id', { guard, audit: 'conference.read' }, async ({ actor, params, res }) => {
    const item = await readableItem(services, actor, params['id'])
    const parts = {
      item,
      found: await caseOf(services, item),
      place: placeIn(await conferences.queue(actor.county), item.id),
      nameOf: await namesOf(services, actor.county),
    }
    return { view: 'conference/item', model: itemPage(vault, parts, actor, presenterOf(res)) }
  })
}
