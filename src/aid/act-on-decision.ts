import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import type { DecisionAction } from './aid-permissions.ts'
import { DECISION_PERMISSIONS } from './aid-permissions.ts'
import type { DecisionRecord, DecisionState } from './decision.ts'
import { mayFollow } from './decision.ts'

/** @throws DomainError `decision.not_yours` */
export function requireDecisionPermission(action: DecisionAction, by: By, found: DecisionRecord): void {
  if (by.actor.kind === 'system' || may(DECISION_PERMISSIONS, by.actor, action, found)) return
  throw new DomainError('decision.not_yours', 'This decision is another unit’s', { unit: found.unit })
}

/** The decision in its next state. @throws DomainError `decision.wrong_state` */
export function inState(found: DecisionRecord, state: DecisionState, change: Partial<DecisionRecord>): DecisionRecord {
  if (found.state !== state && !mayFollow(found.state, state))
    throw new DomainError('decision.wrong_state', `A decision that is ${found.state} cannot become ${state}`, {
      state: found.state,
    })
  return { ...found, ...change, state }
}

/** Reads an order's decision out of its id, `decisionId:line`. */
export function decisionOfOrder(orderId: string): string {
  return orderId.slice(0, Math.max(0, orderId.lastIndexOf(':')))
}
