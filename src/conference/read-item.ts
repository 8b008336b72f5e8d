import type { CaseRecord, CaseStore, NameServices } from '../cases/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { Actor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import type { ConferenceAction } from './conference-permissions.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'
import type { ConferenceStore } from './conference-store.ts'
import type { ConferenceItem } from './item.ts'

export interface ReadItemServices extends NameServices {
  readonly conferences: ConferenceStore
  readonly cases: CaseStore
  readonly vault: FieldVault
}

/** @throws DomainError `conference.not_found`, also for an item the actor may not see: its existence is no business of theirs */
export async function readableItem(
  { conferences }: Pick<ReadItemServices, 'conferences'>,
  actor: Actor,
  id = '',
): Promise<ConferenceItem> {
  const item = await conferences.find(actor.county, id)
  if (!item || !may(CONFERENCE_PERMISSIONS, actor, 'conference.read', item))
    throw new DomainError('conference.not_found', 'No such item')
  return item
}

/** The item for a form that does something with it. @throws DomainError `conference.not_found`, `conference.forbidden` */
export async function itemFor(
  services: Pick<ReadItemServices, 'conferences'>,
  actor: Actor,
  id: string | undefined,
  action: ConferenceAction,
): Promise<ConferenceItem> {
  const item = await readableItem(services, actor, id)
  if (!may(CONFERENCE_PERMISSIONS, actor, action, item))
    throw new DomainError('conference.forbidden', `${action} is not yours to do`)
  return item
}

/** The case of an item. Whoever may see the item may see this much of its case. */
export async function caseOf({ cases }: Pick<ReadItemServices, 'cases'>, item: ConferenceItem): Promise<CaseRecord> {
  const found = await cases.find(item.county, item.caseNo)
  if (!found) throw new TypeError(`Item ${item.id} has no case`)
  return found
}
