import type { CaseRecord } from '../cases/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may } from '../shared/permissions.ts'
import { PROPOSE_PERMISSIONS } from './conference-permissions.ts'
import type { ConferenceItem } from './item.ts'

/** Where the case stands before the conference, or the way there. Nothing to show: no section. */
export function conferenceSectionModel(
  found: CaseRecord,
  items: readonly ConferenceItem[],
  actor: Actor,
  present: Presenter,
): { model: object } | undefined {
  const isOpen = items.some(({ state }) => state !== 'RESOLVED' && state !== 'RETURNED')
  const isBeingHandled = ['ACKED', 'VERIFYING', 'IN_PROGRESS'].includes(found.state)
  const mayPropose = !isOpen && isBeingHandled && may(PROPOSE_PERMISSIONS, actor, 'conference.propose', found)
  if (items.length === 0 && !mayPropose) return undefined
  return {
    model: {
      items: items.map((item) => ({
        href: `/conference/${item.id}`,
        state: present.t(`conference:state.${item.state}`),
        trigger: present.t(`conference:trigger.${item.trigger}`),
        no: item.resolution?.no,
        dueAt: item.state === 'QUEUED' ? item.conveneBy : undefined,
      })),
      proposeHref: mayPropose ? `/cases/${found.no}/propose` : undefined,
    },
  }
}
