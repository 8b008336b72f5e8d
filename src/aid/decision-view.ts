import type { DecisionRecord } from './decision.ts'

/** A decision as the API shows it: sums, states, rules; payees only by order. */
export function decisionView(decision: DecisionRecord) {
  const { id, version, caseNo, kind, tier, unit, state, totalFen, limitFen, usedFen, persons, rules, supplement } =
    decision
  return {
    id,
    version,
    caseNo,
    kind,
    tier,
    unit,
    state,
    totalFen,
    limitFen,
    usedFen,
    persons,
    rules: rules.map(({ key, value, source, validFrom }) => ({ key, value, source, validFrom })),
    decidedBy: decision.decidedBy,
    decidedAt: decision.decidedAt.toISOString(),
    orders: decision.orders.map((order) => ({
      id: order.id,
      kind: order.kind,
      amountFen: order.amountFen,
      item: order.item ?? null,
      state: order.state,
      fundId: order.fundId,
      voucher: order.voucher ?? null,
      paidAt: order.paidAt?.toISOString() ?? null,
    })),
    supplement: supplement
      ? {
          filedAt: supplement.filedAt.toISOString(),
          isLate: supplement.isLate,
          confirmedAt: supplement.confirmedAt?.toISOString() ?? null,
        }
      : null,
  }
}
