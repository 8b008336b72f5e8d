import type { CaseSection, NameServices } from '../../cases/index.ts'
import { isOpen, namesOf } from '../../cases/index.ts'
import { may } from '../../shared/permissions.ts'
import { ROUTING_PERMISSIONS } from '../routing-permissions.ts'

/** What the case page shows of an offer to another unit, or the way to one. */
export function transferSection(services: NameServices): CaseSection {
  return {
    id: 'transfer',
    partial: 'routing/sections/transfer',
    async load(found, actor, { t }) {
      const { transfer, no, state } = found
      const href = `/cases/${no}/transfer`
      if (transfer) {
        const nameOf = await namesOf(services, found.county)
        return {
          model: { text: t(`routing:transfer.state.${transfer.state}`, { unit: nameOf(transfer.toUnit) }), href },
        }
      }
      const mayOffer = isOpen(found) && !['RECEIVED', 'FED_BACK', 'REFUSED'].includes(state)
      if (!mayOffer || !may(ROUTING_PERMISSIONS, actor, 'case.transfer', found)) return undefined
      return { model: { offerHref: href } }
    },
  }
}
