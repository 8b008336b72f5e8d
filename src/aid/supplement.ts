import type { CaseRecord, CaseStore } from '../cases/index.ts'
import { announceCase, caseStream, withChange, withoutObligation } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { InTransaction, Tx } from '../journal/index.ts'
import type { FundQueue, LedgerStore } from '../ledger/index.ts'
import { confirmAdvances, withFundQueue } from '../ledger/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { fen } from '../shared/fen.ts'
import { inState, requireDecisionPermission } from './act-on-decision.ts'
import type { SupplementForm } from './aid-forms.ts'
import type { AidStore } from './aid-store.ts'
import type { DecisionRecord } from './decision.ts'
import { URGENT_TYPE } from './decision.ts'
import { SUPPLEMENT_CLOCK } from './supplement-clock.ts'

export interface SupplementServices {
  readonly aid: AidStore
  readonly cases: CaseStore
  readonly deadlines: Deadlines
  readonly ledger: LedgerStore
  readonly fundQueue: FundQueue
  readonly vault: FieldVault
  readonly inTransaction: InTransaction
}

/** The short answer about a decision. */
export interface SupplementAnswer {
  readonly id: string
  readonly caseNo: string
  readonly state: DecisionRecord['state']
  readonly isLate: boolean
}

/**
 * The township explains an advance and files its papers. What comes after the deadline is taken all the same and counts as late for ever.
 *
 * @throws DomainError `decision.not_found`, `decision.not_yours`, `decision.wrong_state`, `supplement.emergency_ongoing`
 */
export function fileSupplement(
  services: SupplementServices,
  input: SupplementForm & { readonly id: string },
  by: By,
): Promise<SupplementAnswer> {
  return services.inTransaction(by, async (tx) => {
    const { decision, found } = await load(services, tx, input.id)
    requireDecisionPermission('supplement.file', by, decision)
    if (found.emergency.state !== 'ENDED')
      throw new DomainError('supplement.emergency_ongoing', 'Record the end of the emergency first')
    const left = await services.deadlines.meetDeadlines(
      tx,
      caseStream(found.no),
      [SUPPLEMENT_CLOCK],
      `decision:${decision.id}`,
    )
    const isLate = left.changed.some(({ state }) => state === 'BREACHED')
    const text = services.vault.seal(input.text, {
      collection: 'decisions',
      field: 'supplement.text',
      record: decision._id,
    })
    const supplement = { filedAt: tx.at, filedBy: by.actor.staffId, text, checked: input.checked, isLate }
    const filed = inState(decision, 'SUPPLEMENTED', { supplement })
    const changed = withChange(
      found,
      { aid: { ...found.aid, supplement: 'FILED' }, nearestDueAt: left.nearestDueAt },
      tx.at,
    )
    announceCase(tx, changed, 'aid.supplement_filed', { decisionId: decision.id, isLate, toUnit: found.county })
    return save(services, tx, { decision, found }, filed, changed)
  })
}

/**
 * The county confirms the papers: the advance becomes a claim of the township, or an expense of the county.
 *
 * Whoever decided, paid or filed cannot confirm.
 *
 * @throws DomainError `supplement.same_person`, `decision.not_found`, `decision.not_yours`, `decision.wrong_state`
 */
export async function confirmSupplement(
  services: SupplementServices,
  { id }: { readonly id: string },
  by: By,
): Promise<SupplementAnswer> {
  const seen = await services.aid.find(by.actor.county, id)
  const fundIds = [...new Set(seen?.orders.map(({ fundId }) => fundId) ?? [])]
  return withFundQueue(services, fundIds, () =>
    services.inTransaction(by, (tx) => confirm(services, tx, id, by), { keepForever: true }),
  )
}

async function confirm(services: SupplementServices, tx: Tx, id: string, by: By): Promise<SupplementAnswer> {
  const { decision, found } = await load(services, tx, id)
  requireDecisionPermission('supplement.confirm', by, decision)
  const { supplement } = decision
  if (!supplement) throw new DomainError('decision.wrong_state', 'No papers were filed', { state: decision.state })
  refuseInvolved(decision, supplement.filedBy, by)
  const confirmed = inState(decision, 'CONFIRMED', {
    supplement: { ...supplement, confirmedAt: tx.at, confirmedBy: by.actor.staffId },
  })
  await confirmAdvances(services, tx, confirmInputs(decision))
  const obligations = withoutObligation(found, 'supplement', id)
  const isLast = obligations.every(({ kind }) => kind !== 'supplement')
  const aid = { ...found.aid, supplement: isLast ? ('CONFIRMED' as const) : found.aid.supplement }
  const changed = withChange(found, { aid, obligations }, tx.at)
  announceCase(tx, changed, 'aid.confirmed', { decisionId: id, isLate: supplement.isLate, toUnit: decision.unit })
  return save(services, tx, { decision, found }, confirmed, changed)
}

/** One confirmation per fund that paid. */
function confirmInputs({ id, caseNo, orders }: DecisionRecord): Parameters<typeof confirmAdvances>[2] {
  const paid = orders.filter(({ state }) => state === 'PAID')
  return [...new Set(paid.map(({ fundId }) => fundId))].map((fundId) => ({
    fundId,
    caseNo,
    type: URGENT_TYPE,
    amountFen: fen(paid.filter((order) => order.fundId === fundId).reduce((sum, { amountFen }) => sum + amountFen, 0)),
    source: { type: 'supplement', id: `${id}:${fundId}` },
  }))
}

/** @throws DomainError `supplement.same_person` */
function refuseInvolved(decision: DecisionRecord, filedBy: string, by: By): void {
  const involved = [decision.decidedBy, filedBy, ...decision.orders.map(({ paidBy }) => paidBy)]
  if (!involved.includes(by.actor.staffId)) return
  throw new DomainError('supplement.same_person', 'Whoever decided, paid or filed cannot confirm')
}

interface Loaded {
  readonly decision: DecisionRecord
  readonly found: CaseRecord
}

async function load({ aid, cases }: SupplementServices, tx: Tx, id: string): Promise<Loaded> {
  const decision = await aid.get(tx, id)
  return { decision, found: await cases.get(tx, decision.caseNo) }
}

async function save(
  { aid, cases }: SupplementServices,
  tx: Tx,
  before: Loaded,
  after: DecisionRecord,
  changed: CaseRecord,
): Promise<SupplementAnswer> {
  const { id, caseNo, state, supplement } = await aid.save(tx, before.decision, after)
  await cases.save(tx, before.found, changed)
  return { id, caseNo, state, isLate: supplement?.isLate ?? false }
}
