import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import type { ConferenceServices, ItemAnswer, OnItem } from './act-on-item.ts'
import { actOnItem, announceItem } from './act-on-item.ts'
import { speakingFor } from './speak.ts'

/**
 * A member is related to the household or has an interest of their own: they have no voice in this case from now on, what they said before no
 * longer counts, and the department's other member speaks for it. It cannot be taken back.
 *
 * @throws DomainError those of `speakingFor` and `actOnItem`
 */
export function declareInterest(
  services: ConferenceServices & { readonly vault: FieldVault },
  { id, reason }: Pick<OnItem, 'id'> & { readonly reason: string },
  by: By,
): Promise<ItemAnswer> {
  return actOnItem(services, 'conference.declare_interest', { id }, by, (tx, item) => {
    const unit = speakingFor(item, by)
    const place = { collection: 'conference_items', field: `recusal.${item.recusals.length}`, record: item._id }
    const recusal = { unit, staffId: by.actor.staffId, at: tx.at, reason: services.vault.seal(reason, place) }
    const recused = { ...item, recusals: [...item.recusals, recusal] }
    announceItem(tx, recused, 'conference.interest_declared', { fromUnit: unit })
    return recused
  })
}
