import type { CaseRecord } from '../cases/index.ts'
import { announceCase, withChange } from '../cases/index.ts'
import type { Tx } from '../journal/index.ts'
import { expireHold, withFundQueue } from '../ledger/index.ts'
import type { By } from '../shared/actor.ts'
import { sumOf } from './aid-limits.ts'
import type { DecisionRecord, PaymentOrder } from './decision.ts'
import type { PayOrderServices } from './pay-order.ts'
import { announceAdvanced, clocksAfter, owedAfter, withOrder } from './settle-orders.ts'

/** What became of the money a decision had promised. */
export interface FreedMoney {
  readonly decisionId: string
  /** Free again now; 0 when everything had been paid or taken back. Fen. */
  readonly freedFen: number
}

/**
 * Gives back to its fund what a decision promised and nobody paid in time. Runs as a reaction to the promise's clock and may run late or twice:
 * only what is still held is freed.
 *
 * Whoever is responsible for the case is told and can decide anew; the person in need has lost nothing but time.
 *
 * @throws DomainError `decision.not_found`; `fund.frozen`: the cashier then takes the promise back after the fund is thawed
 */
export async function freeUnpaid(
  services: PayOrderServices,
  { decisionId }: { readonly decisionId: string },
  by: By,
): Promise<FreedMoney> {
  const seen = await services.aid.find(by.actor.county, decisionId)
  const held = heldOf(seen?.orders ?? [])
  if (held.length === 0) return { decisionId, freedFen: 0 }
  const fundIds = [...new Set(held.map(({ fundId }) => fundId))]
  return withFundQueue(services, fundIds, () =>
    services.inTransaction(by, (tx) => free(services, tx, decisionId), { keepForever: true }),
  )
}

async function free(services: PayOrderServices, tx: Tx, decisionId: string): Promise<FreedMoney> {
  const decision = await services.aid.get(tx, decisionId)
  const found = await services.cases.get(tx, decision.caseNo)
  const held = heldOf(decision.orders)
  if (held.length === 0) return { decisionId, freedFen: 0 }
  for (const { holdId } of held) await expireHold(services, tx, { holdId, reason: EXPIRED })
  const after = held.map((order) => expired(order, tx.at)).reduce(withOrder, decision)
  const freedFen = sumOf(held)
  await services.cases.save(tx, found, await caseAfter(services, tx, found, after, freedFen))
  await services.aid.save(tx, decision, after)
  return { decisionId, freedFen }
}

async function caseAfter(
  services: PayOrderServices,
  tx: Tx,
  found: CaseRecord,
  after: DecisionRecord,
  freedFen: number,
): Promise<CaseRecord> {
  const aid = { ...found.aid, heldFen: found.aid.heldFen - freedFen }
  const changed = withChange(found, { aid, ...owedAfter(found, after, tx.at) }, tx.at)
  announceCase(tx, changed, 'aid.promise_expired', {
    decisionId: after.id,
    amountFen: freedFen,
    toUnit: after.unit,
    staffId: changed.responsible.staffId,
  })
  announceAdvanced(tx, changed, after)
  return clocksAfter(services, tx, changed, after)
}

/** Why a promise ended by itself; a code of the catalogue. */
const EXPIRED = 'promise_expired'

function expired(order: PaymentOrder, at: Date): PaymentOrder {
  return { ...order, state: 'FAILED', failedAt: at, failReason: EXPIRED }
}

function heldOf(orders: readonly PaymentOrder[]): readonly PaymentOrder[] {
  return orders.filter(({ state }) => state === 'HELD')
}
