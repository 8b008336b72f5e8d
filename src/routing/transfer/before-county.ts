import type { CaseRecord, TransferOffer } from '../../cases/index.ts'
import { announceCase } from '../../cases/index.ts'
import type { Tx } from '../../journal/index.ts'
import { atTriage } from '../triage-desk.ts'
import type { TransferServices } from './offer-transfer.ts'
import { earlier, ruleClock } from './transfer-clocks.ts'

/**
 * Step: the county has to say who has a case, within its time. The unit that has it goes on helping meanwhile.
 *
 * @param record - with the offer that waits for the county, not yet saved
 */
export async function putBeforeCounty(
  services: TransferServices,
  tx: Tx,
  record: CaseRecord,
  { toUnit }: TransferOffer,
): Promise<CaseRecord> {
  const desk = await atTriage(services, tx.county, tx.at)
  const clock = await ruleClock(services, record, { unit: tx.county, staffId: desk?.staffId }, tx.at)
  await services.deadlines.startDeadline(tx, clock)
  announceCase(tx, record, 'case.transfer_before_county', {
    staffId: desk?.staffId,
    toUnit: tx.county,
    refusedBy: toUnit,
    dueAt: clock.dueAt.toISOString(),
  })
  return { ...record, nearestDueAt: earlier(record.nearestDueAt, clock.dueAt) }
}
