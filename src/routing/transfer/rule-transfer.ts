import type { CaseAnswer, OnCase } from '../../cases/index.ts'
import { actOnCase, announceCase, caseStream, withChange, withoutObligation } from '../../cases/index.ts'
import type { By } from '../../shared/actor.ts'
import { dutyPeople } from '../duty-roster.ts'
import type { OpenFileServices } from '../open-file.ts'
import { ROUTING_PERMISSIONS } from '../routing-permissions.ts'
import type { TransferServices } from './offer-transfer.ts'
import { requireUnit } from './offer-transfer.ts'
import { takeOver } from './take-over.ts'
import { waitingOffer, withAnswer } from './transfer.ts'
import { RULE_CLOCK } from './transfer-clocks.ts'

export interface RuleTransfer extends OnCase {
  /** Unit that has the case from now on: the one that has it, the one that refused, or a third. */
  readonly unit: string
}

/**
 * The county says who has a case that two units did not take. Nobody can refuse that; the officer on duty there has it at once.
 *
 * @throws DomainError `transfer.none`, `transfer.unit_unknown`, and those of every action on a case
 */
export function ruleTransfer(
  services: TransferServices & OpenFileServices,
  input: RuleTransfer,
  by: By,
): Promise<CaseAnswer> {
  return actOnCase(services, ROUTING_PERMISSIONS, 'case.rule_transfer', input, by, async (tx, found) => {
    const { id } = waitingOffer(found, 'BEFORE_COUNTY')
    await requireUnit(services, tx.county, input.unit, tx.at)
    if (input.unit === found.unit) {
      const left = await services.deadlines.meetDeadlines(tx, caseStream(found.no), [RULE_CLOCK])
      const obligations = withoutObligation(found, 'transfer', id)
      const { transfers } = withAnswer(found, { outcome: 'ruled', answeredBy: by.actor.staffId, answeredAt: tx.at })
      const change = { transfer: undefined, transfers, obligations, nearestDueAt: left.nearestDueAt }
      const stays = withChange(found, change, tx.at)
      announceCase(tx, stays, 'case.transfer_ruled_here', { staffId: found.responsible.staffId })
      return stays
    }
    const [onDuty] = await dutyPeople(services, tx.county, input.unit, tx.at)
    const staffId = onDuty?.staffId ?? by.actor.staffId
    return takeOver(services, tx, found, { unit: input.unit, staffId, reason: 'transfer_ruled' })
  })
}
