import type { CaseRecord, NextStep } from '../cases/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import { moneyBar } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may } from '../shared/permissions.ts'
import { AID_CASE_PERMISSIONS, DECISION_PERMISSIONS } from './aid-permissions.ts'
import type { DecisionRecord } from './decision.ts'

/** The money of a case against its limit, and what of it is asked of this person next. */
export function caseSectionModel(
  found: CaseRecord,
  decisions: readonly DecisionRecord[],
  limitFen: number,
  actor: Actor,
  present: Presenter,
  nameOf: (id: string) => string,
): { model: object; nextStep?: NextStep | undefined } {
  const { t } = present
  const { paidFen, heldFen } = found.aid
  const lines = decisions.flatMap((decision) =>
    decision.orders.map((order) => orderLine(decision, order, actor, present, nameOf)),
  )
  return {
    model: {
      bar: moneyBar(present, {
        label: t('aid:case.soFar'),
        usedFen: paidFen + heldFen,
        limitFen,
        note: t('aid:case.limitNote'),
      }),
      paid: present.money(paidFen),
      held: heldFen > 0 ? present.money(heldFen) : undefined,
      lines,
      decideHref: mayDecide(found, actor) && decisions.length > 0 ? `/cases/${found.no}/decide` : undefined,
    },
    nextStep: nextStepOf(found, decisions, actor, present),
  }
}

function orderLine(
  decision: DecisionRecord,
  order: DecisionRecord['orders'][number],
  actor: Actor,
  present: Presenter,
  nameOf: (id: string) => string,
): object {
  const mayPay = order.state === 'HELD' && may(DECISION_PERMISSIONS, actor, 'payment.pay', decision)
  return {
    kind: present.t(`aid:kind.${order.kind}`),
    item: order.item,
    amountFen: order.amountFen,
    tag: { text: present.t(`aid:orderState.${order.state}`), tone: order.state === 'HELD' ? 'waiting' : 'plain' },
    who: present.t('aid:case.decidedBy', { name: nameOf(decision.decidedBy), at: present.time(decision.decidedAt) }),
    payHref: mayPay ? `/payments/${encodeURIComponent(order.id)}` : undefined,
    receiptHref: order.state === 'PAID' ? `/payments/${encodeURIComponent(order.id)}/receipt` : undefined,
  }
}

function mayDecide(found: CaseRecord, actor: Actor): boolean {
  const isOpen = ['ACKED', 'VERIFYING', 'IN_PROGRESS'].includes(found.state)
  return (
    isOpen &&
    (may(AID_CASE_PERMISSIONS, actor, 'aid.decide_township', found) ||
      may(AID_CASE_PERMISSIONS, actor, 'aid.decide_county', found))
  )
}

/** Papers due come first, then their confirmation, then the end of the emergency, then the decision itself. */
function nextStepOf(
  found: CaseRecord,
  decisions: readonly DecisionRecord[],
  actor: Actor,
  present: Presenter,
): NextStep | undefined {
  const { t } = present
  const step = (name: string, href: string): NextStep => ({
    text: t(`aid:next.${name}`),
    dueAt: found.nearestDueAt,
    actions: [{ text: t(`aid:next.${name}Button`), href }],
  })
  const due = decisions.find((one) => one.state === 'PAID' && may(DECISION_PERMISSIONS, actor, 'supplement.file', one))
  if (due && found.emergency.state === 'ENDED') return step('supplement', `/decisions/${due.id}/supplement`)
  const filed = decisions.find(
    (one) => one.state === 'SUPPLEMENTED' && may(DECISION_PERMISSIONS, actor, 'supplement.confirm', one),
  )
  if (filed) return step('confirm', '/confirmations')
  if (due) return step('endEmergency', `/cases/${found.no}/emergency`)
  if (decisions.length === 0 && found.state !== 'ACKED' && mayDecide(found, actor))
    return step('decide', `/cases/${found.no}/decide`)
  return undefined
}
