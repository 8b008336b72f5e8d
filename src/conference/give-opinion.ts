import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import type { ConferenceServices, ItemAnswer, OnItem } from './act-on-item.ts'
import { actOnItem, announceItem } from './act-on-item.ts'
import type { OpinionForm } from './conference-forms.ts'
import { speakingFor } from './speak.ts'

/**
 * A department says where it stands and what it offers, before or in the meeting. A later opinion stands beside the earlier one; none is changed.
 * Departments write at the same time, so no version is asked for.
 *
 * @throws DomainError those of `speakingFor` and `actOnItem`
 */
export function giveOpinion(
  services: ConferenceServices & { readonly vault: FieldVault },
  { id, stance, text, offerFen }: Pick<OnItem, 'id'> & OpinionForm,
  by: By,
): Promise<ItemAnswer> {
  return actOnItem(services, 'conference.opine', { id }, by, (tx, item) => {
    const unit = speakingFor(item, by)
    const place = { collection: 'conference_items', field: `opinion.${item.opinions.length}`, record: item._id }
    const opinion = {
      unit,
      staffId: by.actor.staffId,
      at: tx.at,
      stance,
      text: services.vault.seal(text, place),
      offerFen,
    }
    const heard = { ...item, opinions: [...item.opinions, opinion] }
    announceItem(tx, heard, 'conference.opinion_given', { fromUnit: unit, stance, amountFen: offerFen })
    return heard
  })
}
