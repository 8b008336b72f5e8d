import type { CaseRecord } from './case.ts'

/** The furthest open step of a case, in the words of the stories. */
export const CASE_STAGES = [
  'RECEIVED',
  'ROUTED',
  'ACKED',
  'VERIFYING',
  'ADVANCED',
  'EMERGENCY_ENDED',
  'SUPPLEMENT_DUE',
  'SUPPLEMENT_OVERDUE',
  'SUPPLEMENTED',
  'CONFIRMED',
  'FED_BACK',
  'CLOSED',
  'REFUSED',
  'WITHDRAWN',
  'MERGED',
] as const

export type CaseStage = (typeof CASE_STAGES)[number]

/** What of a case decides its stage. */
type StagedCase = Pick<CaseRecord, 'state' | 'emergency' | 'aid'>

const BY_SUPPLEMENT = {
  DUE: 'SUPPLEMENT_DUE',
  OVERDUE: 'SUPPLEMENT_OVERDUE',
  FILED: 'SUPPLEMENTED',
  CONFIRMED: 'CONFIRMED',
} as const satisfies Record<string, CaseStage>

/** The stage follows from the state, the aid and the emergency; nobody sets it. */
export function stageOf({ state, emergency, aid }: StagedCase): CaseStage {
  if (state === 'FED_BACK' || state === 'CLOSED') return state
  if (state === 'REFUSED' || state === 'WITHDRAWN' || state === 'MERGED') return state
  if (aid.paidFen === 0) return state === 'IN_PROGRESS' ? 'VERIFYING' : state
  if (aid.supplement !== 'NONE') return BY_SUPPLEMENT[aid.supplement]
  return emergency.state === 'ENDED' ? 'EMERGENCY_ENDED' : 'ADVANCED'
}
