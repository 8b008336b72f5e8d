import type { OutboxRow } from '../journal/index.ts'

/** Streams that are a room of their own: whoever may see the thing sees what happens to it. */
const ROOM_STREAMS = /^(case|fund|meeting):/

/** Fields of a fact that name a room: the field's value is the id behind the room's kind. */
const ROOM_OF_FIELD: Readonly<Record<string, string>> = {
  unit: 'unit',
  fromUnit: 'unit',
  toUnit: 'unit',
  copyUnit: 'unit',
  staffId: 'person',
  toStaffId: 'person',
  fromStaffId: 'person',
  firstStaffId: 'person',
  line: 'line',
  fundId: 'fund',
  ofCase: 'case',
}

/** Facts that concern a desk of the county, by the domain that announces them. */
const DESK_OF_DOMAIN: Readonly<Record<string, string>> = { conference: 'queue' }

/** Facts that concern the triage desk. */
const TRIAGE_TYPES =
  /^(case\.(unplaced|triaged|transfer_before_county|escalated|returned|routed_by_triage)|deadline\.breached|roster\.gap)$/

/**
 * The rooms a fact concerns. Every room is an ordered feed.
 *
 * A fact carries ids and codes only, so the same envelope may go to each of them.
 */
export function roomsOf(fact: Pick<OutboxRow, 'county' | 'stream' | 'type' | 'data'>): string[] {
  const rooms = new Set<string>()
  if (ROOM_STREAMS.test(fact.stream)) rooms.add(fact.stream)
  for (const [field, kind] of Object.entries(ROOM_OF_FIELD)) {
    const id = fact.data[field]
    if (typeof id === 'string' && id !== '') rooms.add(`${kind}:${id}`)
  }
  const desk = DESK_OF_DOMAIN[fact.type.split('.')[0] ?? '']
  if (desk) rooms.add(`${desk}:${fact.county}`)
  if (TRIAGE_TYPES.test(fact.type)) rooms.add(`triage:${fact.county}`)
  return [...rooms]
}
