import { caseStream, withChange, withoutObligation } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { ConferenceServices, ItemAnswer, OnItem } from './act-on-item.ts'
import { actOnItem, announceItem, inState } from './act-on-item.ts'
import { departmentsOf } from './item.ts'
import { CONVENE_CLOCK } from './propose.ts'

export interface ConveneServices extends ConferenceServices {
  readonly deadlines: Deadlines
  readonly vault: FieldVault
}

/**
 * Sets the meeting and calls the departments; from here on they see the case.
 *
 * @throws DomainError `conference.unit_unknown`, and those of `actOnItem`
 */
export function scheduleItem(
  services: ConveneServices,
  input: OnItem & { readonly meetingAt: Date; readonly units: readonly string[] },
  by: By,
): Promise<ItemAnswer> {
  return actOnItem(services, 'conference.schedule', input, by, async (tx, item, found) => {
    const known = departmentsOf(tx.county)
    const unknown = input.units.find((unit) => !known.includes(unit))
    if (unknown) throw new DomainError('conference.unit_unknown', `No department ${unknown}`, { unit: unknown })
    const calledUnits = [...new Set([tx.county, ...input.units])]
    const scheduled = inState(item, 'SCHEDULED', { meetingAt: input.meetingAt, calledUnits })
    const sharedWith = [...new Set([...found.sharedWith, ...calledUnits])]
    await services.cases.save(tx, found, withChange(found, { sharedWith }, tx.at))
    announceItem(tx, scheduled, 'conference.scheduled', { meetingAt: input.meetingAt.toISOString() })
    for (const unit of calledUnits) announceItem(tx, scheduled, 'conference.called', { toUnit: unit })
    return scheduled
  })
}

/** Sends a case back with a reason: one township can solve it after all. */
export function returnItem(
  services: ConveneServices,
  input: OnItem & { readonly reason: string },
  by: By,
): Promise<ItemAnswer> {
  return actOnItem(services, 'conference.return', input, by, async (tx, item, found) => {
    const place = { collection: 'conference_items', field: 'returnReason', record: item._id }
    const returned = inState(item, 'RETURNED', { returnReason: services.vault.seal(input.reason, place) })
    const left = await services.deadlines.cancelDeadlines(tx, caseStream(item.caseNo), 'conference_returned', {
      names: [CONVENE_CLOCK],
      about: `conference:${item.id}`,
    })
    const obligations = withoutObligation(found, 'conference', item.id)
    await services.cases.save(tx, found, withChange(found, { obligations, nearestDueAt: left.nearestDueAt }, tx.at))
    announceItem(tx, returned, 'conference.returned')
    return returned
  })
}

/** The meeting takes up the case: the clock to convene is met. */
export function openItem(services: ConveneServices, on: OnItem, by: By): Promise<ItemAnswer> {
  return actOnItem(services, 'conference.open', on, by, async (tx, item, found) => {
    const opened = inState(item, 'IN_SESSION', {})
    const left = await services.deadlines.meetDeadlines(
      tx,
      caseStream(item.caseNo),
      [CONVENE_CLOCK],
      `conference:${item.id}`,
    )
    await services.cases.save(tx, found, withChange(found, { nearestDueAt: left.nearestDueAt }, tx.at))
    announceItem(tx, opened, 'conference.opened')
    return opened
  })
}
