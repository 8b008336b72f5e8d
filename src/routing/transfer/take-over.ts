import type { CaseRecord } from '../../cases/index.ts'
import { announceCase, caseStream, withChange, withoutObligation } from '../../cases/index.ts'
import type { Tx } from '../../journal/index.ts'
import type { OpenFileServices } from '../open-file.ts'
import { openFile } from '../open-file.ts'
import type { TransferServices } from './offer-transfer.ts'
import { DISPATCH_CLOCKS } from '../routing-clocks.ts'
import { withAnswer } from './transfer.ts'
import { ANSWER_CLOCK, CASE_CLOCKS, RULE_CLOCK } from './transfer-clocks.ts'

/** Who has the case from now on, and why. */
interface Taker {
  readonly unit: string
  readonly staffId: string
  readonly reason: 'transfer_accepted' | 'transfer_ruled'
}

/**
 * Step: a case changes hands. Its clocks go along and keep their due times, none starts again; the person's file follows; what was paid before
 * stays with the unit that paid it, papers included.
 *
 * @returns the record, not yet saved
 */
export async function takeOver(
  services: TransferServices & OpenFileServices,
  tx: Tx,
  found: CaseRecord,
  { unit, staffId, reason }: Taker,
): Promise<CaseRecord> {
  const stream = caseStream(found.no)
  const left = await services.deadlines.meetDeadlines(tx, stream, [ANSWER_CLOCK, RULE_CLOCK, ...DISPATCH_CLOCKS])
  await services.deadlines.handOverDeadlines(tx, stream, { names: CASE_CLOCKS, unit, staffId, reason })
  const taken = withChange(
    found,
    {
      ...(found.state === 'ROUTED' ? { state: 'ACKED' as const } : {}),
      unit,
      responsible: { unit, staffId, reason, since: tx.at },
      acknowledgedBy: staffId,
      acknowledgedAt: tx.at,
      escalationStep: 0,
      transfer: undefined,
      ...withAnswer(found, {
        outcome: reason === 'transfer_ruled' ? 'ruled' : 'accepted',
        answeredBy: tx.by.actor.staffId,
        answeredAt: tx.at,
      }),
      obligations: found.transfer ? withoutObligation(found, 'transfer', found.transfer.id) : found.obligations,
      nearestDueAt: left.nearestDueAt,
    },
    tx.at,
  )
  announceCase(tx, taken, 'case.transferred', {
    reason,
    staffId,
    toUnit: unit,
    fromUnit: found.unit,
    fromStaffId: found.responsible.staffId,
  })
  return openFile(services, tx, taken)
}
