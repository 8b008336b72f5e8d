import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import type { ConferenceServices, ItemAnswer, OnItem } from './act-on-item.ts'
import { actOnItem, announceItem } from './act-on-item.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'
import type { ConferenceItem } from './item.ts'

/**
 * A department says what it thinks and offers, before or in the meeting. A later opinion stands beside the earlier one; none is changed.
 *
 * @throws DomainError `conference.not_called`, `conference.wrong_state`, and those of `actOnItem`
 */
export function giveOpinion(
  services: ConferenceServices & { readonly vault: FieldVault },
  input: OnItem & { readonly text: string; readonly offerFen: number },
  by: By,
): Promise<ItemAnswer> {
  return actOnItem(services, 'conference.opine', { id: input.id }, by, (tx, item) => {
    if (item.state !== 'SCHEDULED' && item.state !== 'IN_SESSION')
      throw new DomainError('conference.wrong_state', 'Opinions are taken once a meeting is set', { state: item.state })
    const unit = speakingFor(item, by)
    const place = { collection: 'conference_items', field: `opinion.${item.opinions.length}`, record: item._id }
    const opinion = {
      unit,
      staffId: by.actor.staffId,
      at: tx.at,
      text: services.vault.seal(input.text, place),
      offerFen: input.offerFen,
    }
    const heard = { ...item, opinions: [...item.opinions, opinion] }
    announceItem(tx, heard, 'conference.opinion_given', { fromUnit: unit, amountFen: input.offerFen })
    return heard
  })
}

/** The called department in which the person is a member. @throws DomainError `conference.not_called` */
function speakingFor(item: ConferenceItem, by: By): string {
  const held = by.actor.roles.find(
    ({ role, unit }) =>
      role === 'member' &&
      item.calledUnits.includes(unit) &&
      may(CONFERENCE_PERMISSIONS, by.actor, 'conference.opine', item),
  )
  if (!held) throw new DomainError('conference.not_called', 'Your department was not called')
  return held.unit
}
