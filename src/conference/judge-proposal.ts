import { caseStream, conferenceUnit, withChange, withoutObligation } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { ConferenceServices, ItemAnswer, OnItem } from './act-on-item.ts'
import { actOnItem, announceItem, inState } from './act-on-item.ts'
import { CONVENE_CLOCK } from './propose.ts'

/**
 * Civil affairs agrees that the conference takes the case.
 *
 * @throws DomainError `conference.already_accepted`, `conference.wrong_state`, and those of `actOnItem`
 */
export function acceptItem(services: ConferenceServices, on: OnItem, by: By): Promise<ItemAnswer> {
  return actOnItem(services, 'conference.accept', on, by, (tx, item) => {
    if (item.state !== 'QUEUED')
      throw new DomainError('conference.wrong_state', `The item is ${item.state}`, { state: item.state })
    if (item.accepted) throw new DomainError('conference.already_accepted', 'Somebody has accepted it already')
    const accepted = { ...item, accepted: { at: tx.at, staffId: by.actor.staffId } }
    announceItem(tx, accepted, 'conference.accepted')
    return accepted
  })
}

export interface ReturnServices extends ConferenceServices {
  readonly deadlines: Deadlines
  readonly vault: FieldVault
}

/**
 * Sends a case back with a reason: one township can solve it after all. The clock stops, and the conference no longer sees the case.
 *
 * @throws DomainError `conference.wrong_state` once a meeting is set, and those of `actOnItem`
 */
export function returnItem(
  services: ReturnServices,
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
    const change = {
      obligations: withoutObligation(found, 'conference', item.id),
      sharedWith: found.sharedWith.filter((unit) => unit !== conferenceUnit(tx.county)),
      nearestDueAt: left.nearestDueAt,
    }
    await services.cases.save(tx, found, withChange(found, change, tx.at))
    announceItem(tx, returned, 'conference.returned')
    return returned
  })
}
