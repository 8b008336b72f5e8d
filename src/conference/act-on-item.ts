import type { CaseRecord, CaseStore } from '../cases/index.ts'
import { caseStream } from '../cases/index.ts'
import type { InTransaction, Tx } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import type { ConferenceAction } from './conference-permissions.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'
import type { ConferenceStore } from './conference-store.ts'
import type { ConferenceItem, ItemState } from './item.ts'
import { itemCanBecome } from './item.ts'

export interface ConferenceServices {
  readonly conferences: ConferenceStore
  readonly cases: CaseStore
  readonly inTransaction: InTransaction
}

/** Which item, and the version the person was looking at. */
export interface OnItem {
  readonly id: string
  readonly version?: number | undefined
}

/** The short answer of an action on an item. */
export interface ItemAnswer {
  readonly id: string
  readonly caseNo: string
  readonly version: number
  readonly state: ItemState
}

/**
 * The frame of every action of the conference: load, check permission and version, change, save, announce; all in one transaction.
 *
 * @throws DomainError `conference.not_found`, `conference.forbidden`, `version.stale`, and what the change refuses
 */
export function actOnItem(
  { conferences, cases, inTransaction }: ConferenceServices,
  action: ConferenceAction,
  on: OnItem,
  by: By,
  change: (tx: Tx, item: ConferenceItem, found: CaseRecord) => Promise<ConferenceItem> | ConferenceItem,
): Promise<ItemAnswer> {
  return inTransaction(by, async (tx) => {
    const item = await conferences.get(tx, on.id)
    if (!may(CONFERENCE_PERMISSIONS, by.actor, 'conference.read', item))
      throw new DomainError('conference.not_found', `No conference item ${on.id}`)
    if (!may(CONFERENCE_PERMISSIONS, by.actor, action, item))
      throw new DomainError('conference.forbidden', `${action} is not yours to do`)
    if (on.version !== undefined && on.version !== item.version)
      throw new DomainError('version.stale', 'The item has changed', { version: item.version, stage: item.state })
    const changed = await change(tx, item, await cases.get(tx, item.caseNo))
    return answerOf(await conferences.save(tx, item, changed))
  })
}

/** The item in its next state. @throws DomainError `conference.wrong_state` */
export function inState(item: ConferenceItem, state: ItemState, change: Partial<ConferenceItem>): ConferenceItem {
  if (!itemCanBecome(item.state, state))
    throw new DomainError('conference.wrong_state', `An item that is ${item.state} cannot become ${state}`, {
      state: item.state,
    })
  return { ...item, ...change, state }
}

/** Announces in the stream of the case: whoever follows the case or the queue hears of it. */
export function announceItem(
  tx: Tx,
  item: ConferenceItem,
  type: string,
  more: Readonly<Record<string, string | number | undefined>> = {},
): void {
  const { id, caseNo, state, unit } = item
  tx.announce({
    stream: caseStream(caseNo),
    type,
    data: { itemId: id, no: caseNo, state, unit, toUnit: tx.county, ...more },
  })
}

/** The short answer about an item. */
export function answerOf({ id, caseNo, version, state }: ConferenceItem): ItemAnswer {
  return { id, caseNo, version, state }
}
