import type { CaseRecord, CaseSection } from '../cases/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may } from '../shared/permissions.ts'
import { CONFERENCE_PERMISSIONS, PROPOSE_PERMISSIONS } from './conference-permissions.ts'
import type { ConferenceStore, QueuedItem } from './conference-store.ts'
import type { ConferenceItem } from './item.ts'
import { isPending } from './item.ts'
import { placeText } from './place-text.ts'
import { canBeProposed } from './propose.ts'
import { placeIn } from './queue.ts'
import { triggerWords } from './queue-page.ts'

/** What the case page shows of the conference: where the case stands there, or the way to it. */
export function conferenceSection({ conferences }: { readonly conferences: ConferenceStore }): CaseSection {
  return {
    id: 'conference',
    partial: 'conference/sections/case',
    load: async (found, actor, present) => {
      const items = await conferences.ofCase(found.county, found.no)
      const queue = items.some(({ state }) => state === 'QUEUED') ? await conferences.queue(found.county) : []
      return sectionModel(found, items, queue, actor, present)
    },
  }
}

/** Nothing to show: no section. */
function sectionModel(
  found: CaseRecord,
  items: readonly ConferenceItem[],
  queue: readonly QueuedItem[],
  actor: Actor,
  present: Presenter,
): { model: object } | undefined {
  const mayPropose =
    !items.some(isPending) && canBeProposed(found) && may(PROPOSE_PERMISSIONS, actor, 'conference.propose', found)
  if (items.length === 0 && !mayPropose) return undefined
  return {
    model: {
      items: items.map((item) => itemLine(item, queue, actor, present)),
      proposeHref: mayPropose ? `/cases/${found.no}/propose` : undefined,
    },
  }
}

function itemLine(item: ConferenceItem, queue: readonly QueuedItem[], actor: Actor, present: Presenter): object {
  const place = placeIn(queue, item.id)
  return {
    href: may(CONFERENCE_PERMISSIONS, actor, 'conference.read', item) ? `/conference/${item.id}` : undefined,
    state: present.t(`conference:state.${item.state}`),
    triggers: triggerWords(item.triggers, present),
    place: place && placeText(place, present),
    meetingAt: item.state === 'SCHEDULED' ? item.meetingAt : undefined,
    no: item.resolution?.no,
    dueAt: item.state === 'QUEUED' ? item.conveneBy : undefined,
  }
}
