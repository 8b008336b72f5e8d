import type { CaseStore } from '../../cases/index.ts'
import { withChange } from '../../cases/index.ts'
import type { By } from '../../shared/actor.ts'
import { putBeforeCounty } from './before-county.ts'
import type { TransferServices } from './offer-transfer.ts'

/**
 * The other unit let its time pass without an answer: the county says who has the case. Silence is no refusal and no acceptance.
 *
 * Runs as a reaction to the breached clock and may run late or twice.
 */
export function transferUnanswered(
  services: TransferServices & { readonly cases: CaseStore },
  { no }: { readonly no: string },
  by: By,
): Promise<{ readonly no: string; readonly outcome: 'before_county' | 'answered' }> {
  return services.inTransaction(by, async (tx) => {
    const found = await services.cases.get(tx, no)
    if (found.transfer?.state !== 'OFFERED') return { no, outcome: 'answered' as const }
    const transfer = { ...found.transfer, state: 'BEFORE_COUNTY' as const }
    const waiting = withChange(found, { transfer }, tx.at)
    await services.cases.save(tx, found, await putBeforeCounty(services, tx, waiting, transfer))
    return { no, outcome: 'before_county' as const }
  })
}
