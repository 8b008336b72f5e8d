import type { CaseAnswer, OnCase } from '../../cases/index.ts'
import { actOnCase, announceCase, caseStream, withChange, withoutObligation } from '../../cases/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import type { OpenFileServices } from '../open-file.ts'
import { ROUTING_PERMISSIONS } from '../routing-permissions.ts'
import { putBeforeCounty } from './before-county.ts'
import type { TransferServices } from './offer-transfer.ts'
import { takeOver } from './take-over.ts'
import type { RefusalReason } from './transfer.ts'
import { afterRefusal, waitingOffer, withAnswer } from './transfer.ts'
import { ANSWER_CLOCK } from './transfer-clocks.ts'

/**
 * The other unit takes the case: from this moment it answers for it, and the one before is released (M009).
 *
 * @throws DomainError `transfer.none`, and those of every action on a case
 */
export function acceptTransfer(services: TransferServices & OpenFileServices, on: OnCase, by: By): Promise<CaseAnswer> {
  return actOnCase(services, ROUTING_PERMISSIONS, 'case.answer_transfer', on, by, (tx, found) => {
    const { toUnit } = waitingOffer(found, 'OFFERED')
    return takeOver(services, tx, found, { unit: toUnit, staffId: by.actor.staffId, reason: 'transfer_accepted' })
  })
}

export interface RefuseTransfer extends OnCase {
  readonly reason: RefusalReason
  /** In words; needed for the reason `other`. Kept with the case, sealed. */
  readonly note?: string | undefined
}

/**
 * The other unit does not take it: the case never left, and goes on where it is. After the second refusal in one case the county says who has it,
 * while the unit that has it helps meanwhile.
 *
 * @throws DomainError `transfer.none`, `transfer.note_missing`, and those of every action on a case
 */
export function refuseTransfer(services: TransferServices, input: RefuseTransfer, by: By): Promise<CaseAnswer> {
  return actOnCase(services, ROUTING_PERMISSIONS, 'case.answer_transfer', input, by, async (tx, found) => {
    const offer = waitingOffer(found, 'OFFERED')
    const { reason, note } = input
    if (reason === 'other' && !note) throw new DomainError('transfer.note_missing', 'Say why in a few words')
    const { transfer, refusals } = afterRefusal(offer, found.refusals)
    const left = await services.deadlines.meetDeadlines(tx, caseStream(found.no), [ANSWER_CLOCK])
    const place = { collection: 'cases', field: 'transfer.answerNote', record: found._id }
    const answer = {
      outcome: 'refused' as const,
      answeredBy: by.actor.staffId,
      answeredAt: tx.at,
      answerReason: reason,
      ...(note ? { answerNote: services.vault.seal(note, place) } : {}),
    }
    const obligations = transfer ? found.obligations : withoutObligation(found, 'transfer', offer.id)
    const { transfers } = withAnswer(found, answer)
    const change = { transfer, transfers, refusals, obligations, nearestDueAt: left.nearestDueAt }
    const refused = withChange(found, change, tx.at)
    announceCase(tx, refused, 'case.transfer_refused', {
      reason,
      refusals,
      byUnit: offer.toUnit,
      staffId: found.responsible.staffId,
    })
    return transfer ? putBeforeCounty(services, tx, refused, transfer) : refused
  })
}
