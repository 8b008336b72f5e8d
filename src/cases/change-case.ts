import { DomainError } from '../shared/errors.ts'
import type { CaseRecord } from './case.ts'
import { stageOf } from './case-stage.ts'
import { canBecome, FINAL_STATES } from './case-state.ts'

/** What may be changed of a case; `undefined` clears a field. Stage and version follow by themselves. */
export type CaseChange = {
  readonly [Field in Exclude<keyof CaseRecord, '_id' | 'county' | 'no' | 'version' | 'stage' | 'stages'>]?:
    CaseRecord[Field] | undefined
}

/**
 * The case after a change, not yet saved: the state machine is asked, and a new stage is added to the history.
 *
 * @throws DomainError `case.wrong_state` when the state may not follow
 */
export function withChange(found: CaseRecord, change: CaseChange, at: Date): CaseRecord {
  const changed = { ...found, ...change } as CaseRecord
  if (changed.state !== found.state && !canBecome(found.state, changed.state))
    throw new DomainError('case.wrong_state', `A case that is ${found.state} cannot become ${changed.state}`, {
      no: found.no,
      state: found.state,
    })
  const stage = stageOf(changed)
  const stages = stage === found.stage ? found.stages : [...found.stages, { stage, at }]
  return { ...changed, stage, stages }
}

/** Whether somebody still owes a next step. */
export function isOpen({ state }: Pick<CaseRecord, 'state'>): boolean {
  return !FINAL_STATES.includes(state)
}
