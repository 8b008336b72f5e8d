import { z } from 'zod'
import type { PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import type { By } from '../shared/actor.ts'
import type { OnItem } from './act-on-item.ts'
import type { ConferenceAction } from './conference-permissions.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'

/** A command of one press on an item's page. */
export interface ItemPress {
  readonly path: string
  readonly action: ConferenceAction
  /** Key of what is said when it is done. */
  readonly said: string
}

/** Does it and goes back to the item; a refusal is explained on the page of refusals. */
export function itemPress(
  pages: PageRouter,
  { path, action, said }: ItemPress,
  act: (on: OnItem, by: By) => Promise<{ readonly id: string }>,
): void {
  pages.post(
    `/conference/:id/${path}`,
    { guard: mayAct(CONFERENCE_PERMISSIONS, action), audit: action, form: z.object({}) },
    async ({ params, version, by }) => {
      const { id } = await act({ id: params['id'] ?? '', version }, by)
      return { redirect: `/conference/${id}`, flash: { key: `conference:said.${said}` } }
    },
  )
}
