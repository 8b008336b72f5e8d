import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { QueuedItem } from './conference-store.ts'
import type { ConferenceItem, ItemState } from './item.ts'
import { placeText } from './place-text.ts'
import { placeIn } from './queue.ts'

/** Columns of the board, in the order of the work. */
export const COLUMNS = ['QUEUED', 'SCHEDULED', 'IN_SESSION', 'RESOLVED'] as const satisfies readonly ItemState[]

/** A page may watch fifty rooms; a few are its own. */
const MOST_CASES_WATCHED = 40

/** The queue as a board of few columns, each in the order in which it is worked off. */
export function queuePage(
  items: readonly ConferenceItem[],
  queue: readonly QueuedItem[],
  actor: Actor,
  present: Presenter,
  nameOf: (id: string) => string,
): object {
  const cases = items.filter(({ state }) => state !== 'RESOLVED').slice(0, MOST_CASES_WATCHED)
  return {
    title: present.t('conference:queue.title'),
    rooms: [
      `queue:${actor.county}`,
      ...new Set(actor.roles.map(({ unit }) => `unit:${unit}`)),
      ...cases.map(({ caseNo }) => `case:${caseNo}`),
    ].join(' '),
    wide: true,
    columns: COLUMNS.map((state) => {
      const inState = items.filter((item) => item.state === state)
      return {
        state,
        title: present.t(`conference:state.${state}`),
        count: inState.length,
        items: inState.map((item) => boardItem(item, queue, present, nameOf)),
      }
    }),
  }
}

function boardItem(
  item: ConferenceItem,
  queue: readonly QueuedItem[],
  present: Presenter,
  nameOf: (id: string) => string,
): object {
  const place = placeIn(queue, item.id)
  const { id, state, urgency, caseNo, unit, triggers, accepted, conveneBy, meetingAt, resolution } = item
  const isQueued = state === 'QUEUED'
  return {
    id,
    href: `/conference/${id}`,
    urgency,
    caseNo,
    place: place && placeText(place, present),
    triggers: triggerWords(triggers, present),
    unit: nameOf(unit),
    dueAt: isQueued || state === 'SCHEDULED' ? conveneBy : undefined,
    waits: isQueued && !accepted ? present.t('conference:queue.notAccepted') : undefined,
    meetingAt: state === 'SCHEDULED' ? meetingAt : undefined,
    no: resolution?.no,
  }
}

/** The causes in one line. */
export function triggerWords(triggers: ConferenceItem['triggers'], { t }: Presenter): string {
  return triggers.map((trigger) => t(`conference:trigger.${trigger}`)).join(t('conference:and'))
}
