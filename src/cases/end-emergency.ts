import type { InTransaction, Tx } from '../journal/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { actOnCase } from './act-on-case.ts'
import type { CaseAnswer, OnCase } from './act-on-case.ts'
import type { CaseRecord } from './case.ts'
import { announceCase } from './case-events.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import type { CaseStore } from './case-store.ts'
import { withChange } from './change-case.ts'

/** What follows from the end of an emergency in domains above: the aid domain starts the clock of the papers. */
export type AfterEmergencyEnded = (tx: Tx, ended: CaseRecord) => Promise<CaseRecord>

interface EndEmergencyServices {
  readonly cases: CaseStore
  readonly inTransaction: InTransaction
  readonly vault: FieldVault
  readonly afterEmergencyEnded: AfterEmergencyEnded
}

export interface EndEmergency extends OnCase {
  /** When it ended; not in the future and not before the request came in. */
  readonly endedAt: Date
  /** Needed to correct an end that was recorded before; the old value is kept. */
  readonly reason?: string | undefined
}

/**
 * Records that the emergency has ended, or corrects when it did. The clock for the papers starts or moves in the same transaction.
 *
 * @throws DomainError `emergency.in_future`, `emergency.before_request`, `emergency.reason_missing`, and those of `actOnCase`
 */
export function endEmergency(services: EndEmergencyServices, input: EndEmergency, by: By): Promise<CaseAnswer> {
  return actOnCase(services, CASE_PERMISSIONS, 'case.end_emergency', input, by, async (tx, found) => {
    refuseImpossibleTime(found, input.endedAt, tx.at)
    const ended = withChange(found, { emergency: endedEmergency(services.vault, tx, found, input, by) }, tx.at)
    const wasEnded = found.emergency.state === 'ENDED'
    announceCase(tx, ended, wasEnded ? 'case.emergency_corrected' : 'case.emergency_ended', {
      endedAt: input.endedAt.toISOString(),
      was: found.emergency.endedAt?.toISOString(),
    })
    return services.afterEmergencyEnded(tx, ended)
  })
}

function refuseImpossibleTime(found: CaseRecord, endedAt: Date, now: Date): void {
  if (endedAt > now) throw new DomainError('emergency.in_future', 'The emergency cannot end in the future')
  if (endedAt < minuteOf(found.receivedAt))
    throw new DomainError('emergency.before_request', 'The emergency cannot end before the request came in')
}

/** People give times to the minute. */
function minuteOf(at: Date): Date {
  return new Date(at.getTime() - (at.getTime() % 60_000))
}

function endedEmergency(
  vault: FieldVault,
  tx: Tx,
  found: CaseRecord,
  input: EndEmergency,
  by: By,
): CaseRecord['emergency'] {
  const { endedAt, corrections } = found.emergency
  if (!endedAt) return { state: 'ENDED', endedAt: input.endedAt, corrections }
  if (!input.reason) throw new DomainError('emergency.reason_missing', 'Say why the recorded end is corrected')
  const place = { collection: 'cases', field: 'emergency.reason', record: found._id }
  const correction = { was: endedAt, at: tx.at, staffId: by.actor.staffId, reason: vault.seal(input.reason, place) }
  return { state: 'ENDED', endedAt: input.endedAt, corrections: [...corrections, correction] }
}
