import type { CaseRecord } from '../cases/index.ts'
import { announceCase, caseStream, withChange, withObligation, withoutObligation } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { Tx } from '../journal/index.ts'
import type { Policies } from '../policy/index.ts'
import { QUICK_CLOCK } from '../routing/index.ts'
import { inState } from './act-on-decision.ts'
import { sumOf } from './aid-limits.ts'
import type { DecisionRecord, PaymentOrder } from './decision.ts'
import { aboutDecision, HOLD_CLOCK } from './hold-clock.ts'
import { startSupplementClock } from './supplement-clock.ts'

interface SettleServices {
  readonly deadlines: Deadlines
  readonly policies: Policies
}

/** A decision after one of its orders was paid or taken back. */
export function withOrder(decision: DecisionRecord, order: PaymentOrder): DecisionRecord {
  const orders = decision.orders.map((each) => (each.id === order.id ? order : each))
  if (orders.some(({ state }) => state === 'HELD' || state === 'SENT'))
    return { ...inState(decision, 'PAYING', {}), orders }
  const isPaid = orders.some(({ state }) => state === 'PAID')
  return { ...inState(decision, isPaid ? 'PAID' : 'CANCELLED', {}), orders }
}

/** When nothing of the decision is held any more, no payment is owed; what was paid owes its papers. */
export function owedAfter(found: CaseRecord, after: DecisionRecord, at: Date): Pick<CaseRecord, 'obligations'> {
  if (after.state === 'PAYING') return { obligations: found.obligations }
  const settled = { ...found, obligations: withoutObligation(found, 'payment', after.id) }
  return {
    obligations: after.state === 'PAID' ? withObligation(settled, 'supplement', after.id, at) : settled.obligations,
  }
}

/** Nothing of the decision waits any more: the advance is made, with what was paid of it. */
export function announceAdvanced(tx: Tx, changed: CaseRecord, after: DecisionRecord): void {
  if (after.state !== 'PAID') return
  const { id, orders, decidedBy } = after
  const amountFen = sumOf(orders.filter(({ state }) => state === 'PAID'))
  announceCase(tx, changed, 'aid.advanced', { decisionId: id, amountFen, decidedBy })
}

/**
 * The clocks after an order was paid or taken back: the three days of quick aid are met by the first payment; the promise's clock ends when nothing
 * is held any more; papers fall due at once when the emergency has already ended.
 */
export async function clocksAfter(
  services: SettleServices,
  tx: Tx,
  found: CaseRecord,
  after: DecisionRecord,
): Promise<CaseRecord> {
  const left = await endClocks(services, tx, caseStream(found.no), after)
  const changed = left ? withChange(found, { nearestDueAt: left.nearestDueAt }, tx.at) : found
  const { endedAt } = changed.emergency
  if (!endedAt || after.state !== 'PAID') return changed
  return startSupplementClock(services, tx, changed, after, endedAt > tx.at ? endedAt : tx.at)
}

async function endClocks(
  { deadlines }: SettleServices,
  tx: Tx,
  subject: string,
  { id, state, orders }: DecisionRecord,
): Promise<{ readonly nearestDueAt: Date | undefined } | undefined> {
  const about = aboutDecision(id)
  const isPaid = orders.some((order) => order.state === 'PAID')
  const quick = isPaid ? await deadlines.meetDeadlines(tx, subject, [QUICK_CLOCK]) : undefined
  if (state === 'PAID') return deadlines.meetDeadlines(tx, subject, [HOLD_CLOCK], about)
  if (state !== 'CANCELLED') return quick
  return deadlines.cancelDeadlines(tx, subject, 'promise_taken_back', { names: [HOLD_CLOCK], about })
}
