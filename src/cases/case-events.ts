import type { CaseRecord } from './case.ts'
import type { Tx } from '../journal/index.ts'
import { caseStream } from './case.ts'

/** What this domain announces about a case, in the stream `case:NO`. */
export type CaseFact =
  | 'case.opened'
  | 'case.verifying'
  | 'case.emergency_ended'
  | 'case.emergency_corrected'
  | 'case.fed_back'
  | 'case.closed'
  | 'case.refused'
  | 'case.withdrawn'
  | 'case.intake_joined'
  | 'case.shared'

/** Announces a fact of a case with what every listener needs: number, unit, stage, urgency. */
export function announceCase(
  tx: Tx,
  record: CaseRecord,
  type: string,
  more: Readonly<Record<string, string | number | boolean | null | undefined>> = {},
): void {
  const { no, unit, stage, urgency, firstResponsible } = record
  tx.announce({
    stream: caseStream(no),
    type,
    data: { no, unit, stage, urgency, firstStaffId: firstResponsible.staffId, ...more },
  })
}
