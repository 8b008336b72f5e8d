import { caseStream, withChange } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { ConferenceServices, ItemAnswer, OnItem } from './act-on-item.ts'
import { actOnItem, announceItem, inState } from './act-on-item.ts'
import { alwaysCalled, departmentsOf } from './departments.ts'
import type { ConferenceItem } from './item.ts'
import { CONVENE_CLOCK } from './propose.ts'

/** A meeting that begins at once is written down a moment later. Milliseconds, 15 minutes. */
const JUST_NOW_MS = 15 * 60_000

export interface ScheduleItem extends OnItem {
  readonly meetingAt: Date
  readonly units: readonly string[]
}

/**
 * Sets the meeting, or sets it anew, and calls the departments; from here on they see the case. Civil affairs and finance are always called, and
 * whoever was called once stays called.
 *
 * @throws DomainError `conference.not_accepted`, `conference.unit_unknown`, `conference.meeting_past`, and those of `actOnItem`
 */
export function scheduleItem(services: ConferenceServices, input: ScheduleItem, by: By): Promise<ItemAnswer> {
  return actOnItem(services, 'conference.schedule', input, by, async (tx, item, found) => {
    if (!item.accepted) throw new DomainError('conference.not_accepted', 'Civil affairs has not accepted it yet')
    refuseUnknown(tx.county, input.units)
    if (input.meetingAt.getTime() < tx.at.getTime() - JUST_NOW_MS)
      throw new DomainError('conference.meeting_past', 'A meeting cannot be set in the past')
    const calledUnits = inOrder(item, [...alwaysCalled(tx.county), ...item.calledUnits, ...input.units])
    const scheduled = inState(item, 'SCHEDULED', { meetingAt: input.meetingAt, calledUnits })
    const sharedWith = [...new Set([...found.sharedWith, ...calledUnits])]
    await services.cases.save(tx, found, withChange(found, { sharedWith }, tx.at))
    announceItem(tx, scheduled, 'conference.scheduled', { meetingAt: input.meetingAt.toISOString() })
    for (const unit of calledUnits.filter((called) => !item.calledUnits.includes(called)))
      announceItem(tx, scheduled, 'conference.called', { toUnit: unit })
    return scheduled
  })
}

/** @throws DomainError `conference.unit_unknown` */
function refuseUnknown(county: string, units: readonly string[]): void {
  const unknown = units.find((unit) => !departmentsOf(county).includes(unit))
  if (unknown) throw new DomainError('conference.unit_unknown', `No department ${unknown}`, { unit: unknown })
}

/** Departments once each, in the order in which they always stand. */
function inOrder({ county }: ConferenceItem, units: readonly string[]): readonly string[] {
  return departmentsOf(county).filter((unit) => units.includes(unit))
}

/**
 * The chair opens the meeting: the clock to convene is met, and the chair counts as present.
 *
 * @throws DomainError those of `actOnItem`
 */
export function openItem(
  services: ConferenceServices & { readonly deadlines: Deadlines },
  on: OnItem,
  by: By,
): Promise<ItemAnswer> {
  return actOnItem(services, 'conference.open', on, by, async (tx, item, found) => {
    const opened = inState(item, 'IN_SESSION', { opened: { at: tx.at, staffId: by.actor.staffId } })
    const about = `conference:${item.id}`
    const left = await services.deadlines.meetDeadlines(tx, caseStream(item.caseNo), [CONVENE_CLOCK], about)
    await services.cases.save(tx, found, withChange(found, { nearestDueAt: left.nearestDueAt }, tx.at))
    announceItem(tx, opened, 'conference.opened')
    return opened
  })
}
