/** States of a case. Source: mechanisms, "State model". */
export const CASE_STATES = [
  'RECEIVED',
  'ROUTED',
  'ACKED',
  'VERIFYING',
  'IN_PROGRESS',
  'FED_BACK',
  'CLOSED',
  'REFUSED',
  'WITHDRAWN',
  'MERGED',
] as const

export type CaseState = (typeof CASE_STATES)[number]

/** Which state may follow which. Everything else is refused. */
const NEXT: Readonly<Record<CaseState, readonly CaseState[]>> = {
  RECEIVED: ['ROUTED', 'WITHDRAWN', 'MERGED'],
  ROUTED: ['ACKED', 'ROUTED', 'WITHDRAWN', 'MERGED'],
  ACKED: ['VERIFYING', 'ROUTED', 'FED_BACK', 'REFUSED', 'WITHDRAWN', 'MERGED'],
  VERIFYING: ['IN_PROGRESS', 'ROUTED', 'FED_BACK', 'REFUSED', 'WITHDRAWN', 'MERGED'],
  IN_PROGRESS: ['FED_BACK', 'ROUTED', 'REFUSED', 'WITHDRAWN', 'MERGED'],
  FED_BACK: ['CLOSED', 'IN_PROGRESS'],
  CLOSED: [],
  REFUSED: ['CLOSED'],
  WITHDRAWN: [],
  MERGED: ['ROUTED', 'ACKED', 'VERIFYING', 'IN_PROGRESS'],
}

/** Whether a case in one state may go to the other. */
export function canBecome(from: CaseState, to: CaseState): boolean {
  return NEXT[from].includes(to)
}

/** States in which nobody owes a next step any more. */
export const FINAL_STATES: readonly CaseState[] = ['CLOSED', 'WITHDRAWN', 'MERGED']
